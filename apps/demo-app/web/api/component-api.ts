import { parseComponent, printComponent } from "@onceflow/step-runtime";
import type { Component } from "@onceflow/step-runtime";
import { callApi } from "./call-api.ts";

/** A component and the tag of the version it is. */
export interface LoadedComponent {
  readonly component: Component;
  readonly etag: string;
}

/** The stored component: as it was saved last, or as it runs. */
export async function loadComponent(id: string, version: "draft" | "published"): Promise<LoadedComponent> {
  const response = await callApi(`/api/components/${encodeURIComponent(id)}?version=${version}`);
  const { component } = parseComponent(await response.text());
  if (component === null) throw new Error(`The server's component "${id}" cannot be read.`);
  return { component, etag: response.headers.get("ETag") ?? "" };
}

/**
 * Stores a component over the version it was made from; without one it must be new.
 *
 * @returns the tag of the new version
 * @throws ApiProblem `version-conflict` when somebody else stored one in between, `invalid-component` with its errors
 */
export async function saveComponent(
  component: Component,
  { etag, csrfToken }: { etag: string | undefined; csrfToken: string },
): Promise<string> {
  const response = await callApi(`/api/components/${encodeURIComponent(component.id)}`, {
    method: "PUT",
    csrfToken,
    body: printComponent(component),
    headers: etag === undefined ? { "If-None-Match": "*" } : { "If-Match": etag },
  });
  await response.text();
  return response.headers.get("ETag") ?? "";
}

/**
 * Makes the newest version the one that runs.
 *
 * @param etag of the version that was stored
 * @throws ApiProblem `version-conflict` when somebody else stored one in between
 */
export async function publishComponent(
  id: string,
  { etag, csrfToken }: { etag: string; csrfToken: string },
): Promise<void> {
  const path = `/api/components/${encodeURIComponent(id)}/publish`;
  const response = await callApi(path, { method: "POST", csrfToken, headers: { "If-Match": etag } });
  await response.text();
}
