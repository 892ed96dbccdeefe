import type { Component } from "../component/component-schema.ts";

/** A stored component with its version. */
export interface StoredComponent {
  readonly component: Component;
  /** From 1; each put adds one. */
  readonly version: number;
}

/** One version in a component's history. */
export interface ComponentVersion {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly storedAtMs: number;
}

/** Where components are kept. */
export interface ComponentStore {
  get(id: string): Promise<StoredComponent | null>;
  list(): Promise<readonly StoredComponent[]>;
  /** The versions of a component, newest first; empty for an unknown one. */
  versions(id: string): Promise<readonly ComponentVersion[]>;
  /**
   * Stores and publishes a component.
   *
   * @returns the new version, or `conflict` with the version there is when `expectedVersion` is not it (0: must not exist yet)
   */
  put(
    component: Component,
    expectedVersion?: number,
  ): Promise<
    { readonly status: "stored"; readonly version: number } | { readonly status: "conflict"; readonly version: number }
  >;
}
