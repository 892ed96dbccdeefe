import { describeComponentStore } from "../testing/describe-component-store.ts";
import { createMemoryComponentStore } from "./memory-component-store.ts";

describeComponentStore("memory", async () => createMemoryComponentStore());
