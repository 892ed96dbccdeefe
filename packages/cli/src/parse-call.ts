import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage.ts";

/** One option or file, in the order of the call. */
export type CallToken = { readonly file: string } | { readonly option: string; readonly value: string | undefined };

/**
 * Splits a call into its tokens, in order.
 *
 * @throws UsageError for an unknown option, a missing value or no file.
 */
export function parseCall(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>,
): readonly CallToken[] {
  try {
    const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
    const call = tokens.flatMap((token): CallToken[] =>
      token.kind === "positional"
        ? [{ file: token.value }]
        : token.kind === "option"
          ? [{ option: token.name, value: token.value }]
          : [],
    );
    if (!call.some((token) => "file" in token)) throw new UsageError("Name a component file.");
    return call;
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    // An option that is not known may be anything: it is not repeated.
    const unknown = "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    throw new UsageError(unknown ? `There is no such option. Options here: ${optionNames(options)}.` : error.message);
  }
}

function optionNames(options: object): string {
  const names = Object.keys(options).map((name) => `--${name}`);
  return names.length === 0 ? "none" : names.join(", ");
}
