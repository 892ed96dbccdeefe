import { html } from "hono/html";
import type { OpenApiDocument } from "../openapi/open-api-document.ts";
import { prose } from "./prose.ts";
import { propertyList } from "./property-list.ts";
import { type Schema, schemaType } from "./schema-type.ts";

type PathItem = NonNullable<OpenApiDocument["paths"]>[string];
/** One method of one path in the document. */
export type Operation = NonNullable<PathItem["get"]>;

/** What there is to know of an operation: to whom it is open, what it takes and what it answers. */
export function operationSection(
  operation: Operation,
  { method, path }: { method: string; path: string },
): ReturnType<typeof html> {
  const { operationId = "", summary = "", description, parameters = [], requestBody, responses = {} } = operation;
  const body = requestBody !== undefined && "content" in requestBody ? schemaOf(requestBody.content) : undefined;
  return html`<article id="${operationId}">
    <h3><span class="method">${method}</span> <code>${path}</code></h3>
    <p>${prose(summary)}</p>
    ${description === undefined ? "" : html`<p>${prose(description)}</p>`}
    <p class="note">${openTo(operation)}</p>
    ${parameters.length === 0 ? "" : html`<h4>Parameters</h4>`}
    ${
      parameters.length === 0
        ? ""
        : html`<dl>${parameters.map((parameter) => ("$ref" in parameter ? "" : parameterEntry(parameter)))}</dl>`
    }
    ${body === undefined ? "" : html`<h4>Body: ${schemaType(body)}</h4>`}
    ${body === undefined ? "" : propertyList(body)}
    <h4>Answers</h4>
    <dl>${Object.entries(responses).map(([status, response]) => responseEntry(status, response as Response))}</dl>
  </article>`;
}

type Parameter = Exclude<NonNullable<Operation["parameters"]>[number], { $ref: string }>;
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
interface Response {
  readonly description?: string;
  readonly content?: Content;
}

function schemaOf(content: Content | undefined): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema;
}

/** Scopes, and with which credentials; from the document's `security`. */
function openTo({ security = [] }: Operation): ReturnType<typeof html> {
  if (security.length === 0) return html`Open to everybody.`;
  const ways = [
    ["session", "a session"],
    ["apiKey", "an API key"],
    ["runToken", "the run token of the run"],
  ].flatMap(([scheme = "", name]) => {
    const given = security.flatMap((requirement) => (scheme in requirement ? [requirement[scheme] ?? []] : []));
    if (given.length === 0) return [];
    const scopes = given.flat();
    return [scopes.length === 0 ? name : `${name} with scope ${scopes.join(" or ")}`];
  });
  return html`Open to ${ways.join(", ")}.`;
}

function parameterEntry({
  name,
  in: place,
  required = false,
  schema,
  description,
}: Parameter): ReturnType<typeof html> {
  const text = description ?? schema?.description;
  return html`<dt>
      <code>${name}</code>
      <span class="type">
        ${schema === undefined ? "" : schemaType(schema)} in the ${place}${required ? "" : ", optional"}
      </span>
    </dt>
    <dd>${text === undefined ? "" : html`<p>${prose(text)}</p>`}</dd>`;
}

function responseEntry(status: string, { description = "", content }: Response): ReturnType<typeof html> {
  const schema = schemaOf(content);
  const isProblem = content !== undefined && "application/problem+json" in content;
  const codes = description.split(", ");
  return html`<dt>
      <code>${status}</code>
      ${schema === undefined || isProblem ? "" : html`<span class="type">${schemaType(schema)}</span>`}
    </dt>
    <dd>
      ${
        isProblem
          ? html`<p>${codes.map((code) => html`<a href="#problem-${code}">${code}</a> `)}</p>`
          : html`<p>${prose(description)}</p>`
      }
    </dd>`;
}
