import type { Scope } from "@onceflow/server";

/** What anybody may do who opens the demo on this machine. */
export const demoScopes: readonly Scope[] = ["author", "execute", "operate"];
