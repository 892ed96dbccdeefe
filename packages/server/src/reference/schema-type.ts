import type { html } from "hono/html";
import { html as markup } from "hono/html";
import type { OpenApiDocument } from "../openapi/open-api-document.ts";

/** A schema of the document, or a reference to one. */
export type Schema = NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>[string];

/** A schema's type in a few words; a named one as a link to where it stands. */
export function schemaType(schema: Schema): ReturnType<typeof html> {
  if ("$ref" in schema) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
    return markup`<a href="#schema-${name}">${name}</a>`;
  }
  const { anyOf = schema.oneOf, enum: values, const: value, type, items } = schema;
  if (anyOf !== undefined) return either(anyOf.map(schemaType));
  if (value !== undefined) return markup`<code>${JSON.stringify(value)}</code>`;
  if (values !== undefined) return either(values.map((each) => markup`<code>${JSON.stringify(each)}</code>`));
  if (type === "array" && items !== undefined) return markup`array of ${schemaType(items)}`;
  if (type === undefined) return markup`any JSON`;
  return markup`${[type].flat().join(" or ")}`;
}

function either(types: readonly ReturnType<typeof html>[]): ReturnType<typeof html> {
  return markup`${types.flatMap((type, index) => (index === 0 ? [type] : [" or ", type]))}`;
}
