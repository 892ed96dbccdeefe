import { resolve } from "node:path";
import { type CallOptions, splitCall } from "../split-call.ts";
import { UsageError } from "../usage.ts";

/** The environment variables that commands of administration read; the same as the server's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A call of a command that works on a server's data. */
export interface AdminCall {
  /** What the command is about, such as an ID. */
  readonly words: readonly string[];
  /** The value of an option, empty for a flag; undefined when it is not there. */
  readonly option: (name: string) => string | undefined;
  /** Where the embedded database is. */
  readonly dataDir: string;
  /** Instead of the embedded database. */
  readonly databaseUrl: string | undefined;
  /** The keys themselves, as JSON. */
  readonly keyRing: string | undefined;
  /** Instead of the file beside the data folder. */
  readonly keyFile: string | undefined;
  readonly tenant: string;
}

/**
 * Reads a call of a command of administration: its words, its options and `--data DIR`.
 *
 * @param names what the words are, such as `["ID"]`
 * @throws UsageError when it cannot be understood; it repeats nothing of the call
 */
export function parseAdminCall(
  args: readonly string[],
  env: Environment,
  { names = [], options = {} }: { names?: readonly string[]; options?: CallOptions },
): AdminCall {
  const tokens = splitCall(args, { ...options, data: { type: "string" } });
  const words = tokens.flatMap((token) => ("word" in token ? [token.word] : []));
  const given = new Map(tokens.flatMap((token) => ("option" in token ? [[token.option, token.value ?? ""]] : [])));
  if (words.length !== names.length) {
    throw new UsageError(
      names.length === 0 ? "This command takes options only." : `Name one ${names.join(" and one ")}.`,
    );
  }
  return {
    words,
    option: (name) => given.get(name),
    // Variables that are set to nothing count as not set.
    dataDir: resolve(given.get("data") || env["DATA_DIR"] || "data"),
    databaseUrl: env["DATABASE_URL"] || undefined,
    keyRing: env["KEY_RING"] || undefined,
    keyFile: env["KEY_FILE"] || undefined,
    tenant: env["ONCEFLOW_TENANT"] || "default",
  };
}
