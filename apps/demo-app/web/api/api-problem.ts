import * as z from "zod";

const problemSchema = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  issues: z
    .array(z.object({ message: z.string(), line: z.number().optional(), column: z.number().optional() }))
    .default([]),
});

/** The server refused; `code` says which of its problems it was. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads a problem+json answer; any other answer becomes the problem `unreadable-answer`. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (!problem.success) return new ApiProblem("unreadable-answer", `The server answered ${response.status}.`);
  const { code, title, detail, issues } = problem.data;
  const places = issues.map(({ message, line, column }) =>
    line === undefined ? message : `${line}:${column ?? 1} ${message}`,
  );
  return new ApiProblem(code, [`${title}. ${detail}`, ...places].join("\n"));
}
