import { describeProofSigner } from "../testing/describe-proof-signer.ts";
import { createMemoryProofSigner } from "./memory-proof-signer.ts";

describeProofSigner("memory", async (issuer) => createMemoryProofSigner({ issuer }));
