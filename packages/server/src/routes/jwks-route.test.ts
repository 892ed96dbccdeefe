import { createMemoryProofSigner } from "@onceflow/step-runtime/memory";
import { expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";

it("GET /.well-known/jwks.json shows everybody the public keys of proofs, to be kept for a minute", async () => {
  const proofSigner = createMemoryProofSigner();
  const { app } = await createTestServer({ proofSigner, visitor: null });
  const response = await app.request("/.well-known/jwks.json");
  expect(response.status).toBe(200);
  expect(response.headers.get("Cache-Control")).toBe("public, max-age=60");
  expect(await response.json()).toEqual({ keys: await proofSigner.publicKeys() });
});
