import type * as z from "zod";

const expectedKinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
};

/** What a schema's issue expects, in words. */
export function schemaExpectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return expectedKinds[issue.expected] ?? issue.expected;
    case "invalid_union":
      return 'a text, or texts by language such as { "en": "…", "fr": "…" }';
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" or ");
    case "too_small":
      return `at least ${issue.minimum}${issue.origin === "string" ? " characters" : ""}`.replace(
        /^at least 1 characters$/,
        "a text that is not empty",
      );
    case "too_big":
      return `at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`;
    default:
      return "another value";
  }
}
