import { describeApiKeys } from "../testing/describe-api-keys.ts";
import { createMemoryApiKeys } from "./memory-api-keys.ts";

describeApiKeys("memory", async () => createMemoryApiKeys());
