import type { Issue } from "@onceflow/step-runtime";

/** One line: `file:line:col severity code message`. */
export function printIssue(path: string, { line = 1, column = 1, severity, code, message }: Issue): string {
  return `${path}:${line}:${column} ${severity} ${code} ${message}\n`;
}
