import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { componentJsonSchema } from "./component-json-schema.ts";
import { printJson } from "./print-json.ts";

it("is what the committed schema file holds (node tools/generate-component-schema.ts writes it)", () => {
  const file = new URL("../../schema/component-1.schema.json", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(printJson(componentJsonSchema()));
});
