import { parseComponent, printComponent } from "@onceflow/step-runtime";
import type { Component } from "@onceflow/step-runtime";
import { callApi } from "./call-api.ts";

/** A component and the tag of the version it is. */
export interface LoadedComponent {
  readonly component: Component;
  readonly etag: string;
}

/** The stored component. */
export async function loadComponent(id: string): Promise<LoadedComponent> {
  const response = await callApi(`/api/components/${encodeURIComponent(id)}`);
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
