/** What a component may be at most; checked before parsing, because parsers recurse. */
export const componentLimits = { sizeBytes: 8 * 1024 * 1024, depth: 64, values: 1_000_000, keyLength: 1000 } as const;
