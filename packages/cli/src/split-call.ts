import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage.ts";

/** One word or option, in the order of the call. */
export type CallToken = { readonly word: string } | { readonly option: string; readonly value: string | undefined };

/** The options that a command takes. */
export type CallOptions = NonNullable<ParseArgsConfig["options"]>;

/**
 * Splits a call into its tokens, in order.
 *
 * @throws UsageError for an unknown option or a missing value.
 */
export function splitCall(args: readonly string[], options: CallOptions): readonly CallToken[] {
  try {
    const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
    return tokens.flatMap((token): CallToken[] =>
      token.kind === "positional"
        ? [{ word: token.value }]
        : token.kind === "option"
          ? [{ option: token.name, value: token.value }]
          : [],
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // An option that is not known may be anything: it is not repeated.
    const unknown = "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    throw new UsageError(unknown ? `There is no such option. Options here: ${optionNames(options)}.` : error.message);
  }
}

function optionNames(options: object): string {
  const names = Object.keys(options).map((name) => `--${name}`);
  return names.length === 0 ? "none" : names.join(", ");
}
