import { readFileSync } from "node:fs";
import type { JsonObject, JsonValue, RunAnswer, User } from "@onceflow/step-runtime";
import { parseCall } from "./parse-call.ts";
import { UsageError } from "./usage.ts";

/** What `onceflow run` was asked for. */
export interface RunCall {
  readonly file: string;
  /** In order; each with its own input. */
  readonly dataflows: readonly { readonly id: string; readonly input: JsonObject }[];
  /** For the questions that the runs ask, in order. */
  readonly answers: readonly Pick<RunAnswer, "outcome" | "value">[];
  readonly userName: string | null;
  readonly clientId: string;
  /** Instead of the sample users. */
  readonly users: readonly User[] | null;
  readonly testMode: boolean;
  readonly json: boolean;
}

/**
 * Reads a call of `onceflow run`.
 *
 * @throws UsageError when it cannot be understood.
 */
export function parseRunCall(args: readonly string[]): RunCall {
  const call = parseCall(args, {
    dataflow: { type: "string", multiple: true },
    input: { type: "string", multiple: true },
    user: { type: "string" },
    client: { type: "string" },
    users: { type: "string" },
    answers: { type: "string" },
    "test-mode": { type: "boolean" },
    json: { type: "boolean" },
  });
  const files = call.flatMap((token) => ("file" in token ? [token.file] : []));
  const [file = ""] = files;
  // One of them may be an input whose --input was forgotten: none is repeated.
  if (files.length > 1) throw new UsageError(`Name one component file, not ${files.length}.`);
  const dataflows: { id: string; input: JsonObject }[] = [];
  const options = new Map<string, string | undefined>();
  for (const token of call) {
    if (!("option" in token)) continue;
    if (token.option === "dataflow") dataflows.push({ id: token.value ?? "", input: {} });
    else if (token.option === "input") {
      const last = dataflows.at(-1);
      if (!last) throw new UsageError("--input belongs behind the --dataflow that it is for.");
      last.input = asObject(readJson("--input", token.value ?? ""));
    } else options.set(token.option, token.value);
  }
  if (dataflows.length === 0) throw new UsageError("Name a dataflow with --dataflow.");
  return {
    file,
    dataflows,
    answers: options.has("answers") ? asAnswers(readJson("--answers", options.get("answers") ?? "")) : [],
    userName: options.get("user") ?? null,
    clientId: options.get("client") ?? "digital-workplace",
    users: options.has("users") ? asUsers(readJson("--users", options.get("users") ?? "")) : null,
    testMode: options.has("test-mode"),
    json: options.has("json"),
  };
}

function readJson(option: string, value: string): JsonValue {
  let text = value;
  if (value.startsWith("@")) {
    try {
      text = readFileSync(value.slice(1), "utf8");
    } catch {
      throw new UsageError(`Cannot read the file of ${option}.`);
    }
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // The text may hold a code: it is not repeated.
    throw new UsageError(`The value of ${option} is not JSON. Write one such as '{"ForTestCode":"…"}', or @file.`);
  }
}

function asObject(value: JsonValue): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new UsageError("The value of --input is not a JSON object of definitions.");
}

const answerOutcomes: readonly unknown[] = ["answered", "resend", "dismissed"] satisfies RunAnswer["outcome"][];

function asAnswers(value: JsonValue): RunCall["answers"] {
  const problem = new UsageError(
    'The value of --answers is not a JSON array such as [{ "outcome": "resend" }, { "value": { "Code": { "$issuedCode": "last" } } }].',
  );
  if (!Array.isArray(value)) throw problem;
  return value.map((entry: JsonValue) => {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) throw problem;
    const { outcome = "answered", value: given = {}, ...others } = entry as JsonObject;
    if (!answerOutcomes.includes(outcome) || Object.keys(others).length > 0) throw problem;
    if (typeof given !== "object" || given === null || Array.isArray(given)) throw problem;
    return { outcome: outcome as NonNullable<RunAnswer["outcome"]>, value: given as JsonObject };
  });
}

function asUsers(value: JsonValue): readonly User[] {
  const problem = new UsageError(
    'The value of --users is not a JSON array of users such as [{ "userName": "eva", "email": "eva@example.test" }].',
  );
  if (!Array.isArray(value)) throw problem;
  return value.map((entry: JsonValue): User => {
    const user = asObject(entry);
    const text = (key: string): string | null => (typeof user[key] === "string" ? user[key] : null);
    const userName = text("userName");
    if (userName === null) throw problem;
    return {
      id: text("id") ?? `user-${userName}`,
      userName,
      email: text("email"),
      firstName: text("firstName"),
      lastName: text("lastName"),
      locale: text("locale"),
      enabled: user["enabled"] !== false,
      test: user["test"] === true,
    };
  });
}
