import { parseComponent, validateComponent } from "@onceflow/step-runtime";
import type { Component, Issue, StepTypes } from "@onceflow/step-runtime";
import { ProblemError } from "../problems/problem-error.ts";
import type { ProblemIssue } from "../problems/problem-schema.ts";

/** As many as a person reads; a document of a megabyte may have tens of thousands. */
const mostIssues = 100;

/**
 * Reads a configuration and checks it: a component with errors is never stored.
 *
 * @throws ProblemError `invalid-component` with the first 100 issues, errors before warnings, each with its line and column
 */
export function checkComponent(
  source: string,
  { id, steps }: { id: string; steps: StepTypes },
): { component: Component; warnings: ProblemIssue[] } {
  const { component, issues, locate } = parseComponent(source);
  const all = component === null ? [...issues] : [...issues, ...validateComponent(component, steps, { locate })];
  if (component !== null && component.id !== id) {
    all.unshift({
      severity: "error",
      code: "component-id-differs",
      message: "The id in the configuration is not the id in the address. Make them equal.",
      pointer: "/id",
      ...locate("/id"),
    });
  }
  const errors = all.filter(({ severity }) => severity === "error").length;
  if (component === null || errors > 0) {
    throw new ProblemError(
      "invalid-component",
      `Nothing was stored: ${errors === 1 ? "one error" : `${errors} errors`}. Mend what the issues name.`,
      {
        issues: all
          .toSorted((left, right) => Number(right.severity === "error") - Number(left.severity === "error"))
          .slice(0, mostIssues)
          .map(toProblemIssue),
      },
    );
  }
  return { component, warnings: all.slice(0, mostIssues).map(toProblemIssue) };
}

function toProblemIssue({
  severity,
  code,
  message,
  pointer,
  line,
  column,
  dataflowId,
  stepId,
  fixes,
}: Issue): ProblemIssue {
  return {
    severity,
    code,
    message,
    pointer,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(dataflowId === undefined ? {} : { dataflowId }),
    ...(stepId === undefined ? {} : { stepId }),
    ...(fixes === undefined ? {} : { fixes }),
  };
}
