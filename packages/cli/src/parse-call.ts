import { type CallOptions, splitCall } from "./split-call.ts";
import { UsageError } from "./usage.ts";

/** One option or file, in the order of the call. */
export type CallToken = { readonly file: string } | { readonly option: string; readonly value: string | undefined };

/**
 * Splits a call about files into its tokens, in order.
 *
 * @throws UsageError for an unknown option, a missing value or no file.
 */
export function parseCall(args: readonly string[], options: CallOptions): readonly CallToken[] {
  const call = splitCall(args, options).map((token) => ("word" in token ? { file: token.word } : token));
  if (!call.some((token) => "file" in token)) throw new UsageError("Name a component file.");
  return call;
}
