import type { Scope } from "@onceflow/step-runtime";

/** What anybody may do who opens the demo on this machine. */
export const demoScopes: readonly Scope[] = ["author", "execute", "operate"];
