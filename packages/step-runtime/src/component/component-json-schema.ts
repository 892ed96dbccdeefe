import * as z from "zod";
import { componentSchema } from "./component-schema.ts";

/** The JSON Schema (2020-12) of the component format, for editors: what the schema file of this package holds. */
export function componentJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(componentSchema, { io: "input" });
  return { $schema, title: "Onceflow component, version 1", ...schema };
}
