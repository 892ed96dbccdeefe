import type { Issue, IssueSeverity } from "@onceflow/step-runtime";

const rank: Readonly<Record<IssueSeverity, number>> = { error: 0, warning: 1, hint: 2 };

/** The issues as the list shows them: errors first, then in the order of the document. */
export function issueOrder(issues: readonly Issue[]): readonly Issue[] {
  return issues.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
