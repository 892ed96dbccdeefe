// Writes packages/step-runtime/schema/component-1.schema.json: node tools/generate-component-schema.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { componentJsonSchema } from "../packages/step-runtime/src/component/component-json-schema.ts";
import { printJson } from "../packages/step-runtime/src/component/print-json.ts";

const folder = new URL("../packages/step-runtime/schema/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("component-1.schema.json", folder), printJson(componentJsonSchema()));
