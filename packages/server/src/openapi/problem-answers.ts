import { problemKinds } from "../problems/problem-kinds.ts";
import type { ProblemCode } from "../problems/problem-kinds.ts";
import { problemSchema } from "../problems/problem-schema.ts";

/** The problems a route may answer with, by status, for its OpenAPI entry; handlers throw them, so their types stay out. */
export function problemAnswers(...codes: readonly ProblemCode[]): object {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemKinds[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      { description: same.join(", "), content: { "application/problem+json": { schema: problemSchema } } },
    ]),
  );
}
