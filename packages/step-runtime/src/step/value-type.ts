import * as z from "zod";
import type { DefinitionType } from "../component/component-schema.ts";

const formats = {
  date: z.iso.date(),
  time: z.iso.time(),
  datetime: z.iso.datetime({ offset: true, local: true }),
  uri: z.url(),
  uuid: z.uuid(),
};

/** Whether a value is of a definition's type; types of later versions match anything. */
export function matchesType(value: unknown, type: string): boolean {
  switch (type as DefinitionType) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "catalog":
      return typeof value === "string" || (typeof value === "object" && value !== null && !Array.isArray(value));
    case "date":
    case "time":
    case "datetime":
    case "uri":
    case "uuid":
      return formats[type as keyof typeof formats].safeParse(value).success;
    default:
      return true;
  }
}
