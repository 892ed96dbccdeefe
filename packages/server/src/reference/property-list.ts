import { html } from "hono/html";
import { prose } from "./prose.ts";
import { type Schema, schemaType } from "./schema-type.ts";

/** The keys of an object and of the objects in it; nothing for anything else. */
export function propertyList(schema: Schema): ReturnType<typeof html> | "" {
  const { properties = {}, required = [] } = insideOf(schema);
  const entries = Object.entries(properties);
  if (entries.length === 0) return "";
  return html`<dl>
    ${entries.map(
      ([name, property]) =>
        html`<dt>
            <code>${name}</code>
            <span class="type">${schemaType(property)}${required.includes(name) ? "" : ", optional"}</span>
          </dt>
          <dd>${description(property)}${"$ref" in property ? "" : propertyList(property)}</dd>`,
    )}
  </dl>`;
}

/** A schema itself, or what an array of it is made of. */
function insideOf(schema: Schema): Exclude<Schema, { $ref: string }> {
  if ("$ref" in schema) return {};
  return schema.items === undefined ? schema : insideOf(schema.items);
}

function description(schema: Schema): ReturnType<typeof html> | "" {
  return schema.description === undefined ? "" : html`<p>${prose(schema.description)}</p>`;
}
