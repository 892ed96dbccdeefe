import type { Suggest } from "../suggest.ts";

/** The end of a message, and the fix, when a known name is close to a wrong one. */
export function didYouMean(
  suggest: Suggest,
  name: string,
  known: Iterable<string>,
): { readonly hint: string; readonly fixes?: readonly string[]; readonly suggestion: string | null } {
  const suggestion = suggest(name, known);
  if (suggestion === null) return { hint: "", suggestion };
  return { hint: ` Did you mean "${suggestion}"?`, fixes: [`Replace "${name}" by "${suggestion}".`], suggestion };
}
