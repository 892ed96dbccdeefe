import { html, raw } from "hono/html";
import type { OpenApiDocument } from "../openapi/open-api-document.ts";
import { problemKinds } from "../problems/problem-kinds.ts";
import { type Operation, operationSection } from "./operation-section.ts";
import { propertyList } from "./property-list.ts";
import { prose } from "./prose.ts";
import { referenceStyle } from "./reference-style.ts";
import { schemaType } from "./schema-type.ts";

const methods = ["get", "put", "post", "delete", "patch"] as const;

/** The whole document as one page: every route, schema and kind of problem. */
export function referencePage({ info, paths = {}, components = {} }: OpenApiDocument): ReturnType<typeof html> {
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
  const tags = [...new Set(routes.map(({ operation }) => tagOf(operation)))];
  const ofTag = (tag: string) => routes.filter(({ operation }) => tagOf(operation) === tag);
  const { securitySchemes = {}, schemas = {} } = components;

  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} API</title>
        <style>
          ${raw(referenceStyle)}
        </style>
      </head>
      <body>
        <header>
          <h1>${info.title} API</h1>
          <p>${prose(info.description ?? "")}</p>
          <p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
        </header>
        <nav aria-label="Routes">
          ${tags.map(
            (tag) =>
              html`<h2>${title(tag)}</h2>
                <ul>
                  ${ofTag(tag).map(
                    ({ method, path, operation: { operationId, summary = "" } }) =>
                      html`<li>
                        <span class="method">${method}</span> <a href="#${operationId}"><code>${path}</code></a>
                        <div class="note">${prose(summary)}</div>
                      </li>`,
                  )}
                </ul>`,
          )}
        </nav>
        <main>
          <h2>Credentials</h2>
          <dl>
            ${Object.entries(securitySchemes).map(
              ([name, scheme]) =>
                html`<dt><code>${name}</code></dt>
                  <dd><p>${prose(scheme.description ?? "")}</p></dd>`,
            )}
          </dl>
          ${tags.map(
            (tag) =>
              html`<section>
                <h2>${title(tag)}: the routes</h2>
                ${ofTag(tag).map(({ operation, ...route }) => operationSection(operation, route))}
              </section>`,
          )}
          <h2>Schemas</h2>
          ${Object.entries(schemas).map(
            ([name, schema]) =>
              html`<article id="schema-${name}">
                <h3>${name} <span class="type">${schemaType(schema)}</span></h3>
                ${schema.description === undefined ? "" : html`<p>${prose(schema.description)}</p>`}
                ${propertyList(schema)}
              </article>`,
          )}
          <h2>Problems</h2>
          <dl>
            ${Object.entries(problemKinds).map(
              ([code, { status, title: words }]) =>
                html`<dt id="problem-${code}"><code>${code}</code> <span class="type">${status}</span></dt>
                  <dd><p>${words}.</p></dd>`,
            )}
          </dl>
        </main>
      </body>
    </html>`;
}

function tagOf({ tags = ["other"] }: Operation): string {
  return tags[0] ?? "other";
}

function title(tag: string): string {
  return tag.charAt(0).toUpperCase() + tag.slice(1);
}
