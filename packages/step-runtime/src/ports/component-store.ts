import type { Component } from "../component/component-schema.ts";

/** A stored component with its version. */
export interface StoredComponent {
  readonly component: Component;
  /** From 1; each put adds one. */
  readonly version: number;
  /** The version that runs; null while none was published. */
  readonly publishedVersion: number | null;
}

/** One version in a component's history. */
export interface ComponentVersion {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly storedAtMs: number;
  /** Whether it is the one that runs; at most one is. */
  readonly published: boolean;
}

/** Where components are kept. */
export interface ComponentStore {
  /** The newest version, or the one that is asked for; null when there is no such component or version. */
  get(id: string, version?: number | "published"): Promise<StoredComponent | null>;
  /** The newest version of each. */
  list(): Promise<readonly StoredComponent[]>;
  /** The versions of a component, newest first; empty for an unknown one. */
  versions(id: string): Promise<readonly ComponentVersion[]>;
  /**
   * Stores a component as its newest version; which one is published stays as it was.
   *
   * @returns the new version, or `conflict` with the version there is when `expectedVersion` is not it (0: must not exist yet)
   */
  put(
    component: Component,
    expectedVersion?: number,
  ): Promise<
    { readonly status: "stored"; readonly version: number } | { readonly status: "conflict"; readonly version: number }
  >;
  /**
   * Makes a version the one that runs; an older one too.
   *
   * @returns `conflict` with the newest version when `expectedVersion` is not it, `unknown` when there is no such version
   */
  publish(
    id: string,
    version: number,
    expectedVersion?: number,
  ): Promise<{ readonly status: "published" | "unknown" } | { readonly status: "conflict"; readonly version: number }>;
}
