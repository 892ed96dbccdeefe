import type { Issue } from "@onceflow/step-runtime";
import { useEffect, useRef } from "react";
import { useDesigner, useView } from "../store/designer-context.tsx";
import { issueOrder } from "./issue-order.ts";
import { useIssueWalk } from "./use-issue-walk.ts";

/** F8 and Shift+F8 walk through the problems from anywhere in the designer, and say each. */
export function useIssueKeys(): void {
  const { root, announce, t } = useDesigner();
  const goTo = useIssueWalk();
  const issues = useView((state) => state.issues);
  // By name and not by number: a mended problem must not make the walk skip the next.
  const at = useRef<string | null>(null);
  useEffect(() => {
    const node = root();
    if (!node) return;
    const keyDown = (event: KeyboardEvent) => {
      if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const ordered = issueOrder(issues);
      const current = ordered.findIndex((issue) => nameOf(issue) === at.current);
      const next = event.shiftKey
        ? (current <= 0 ? ordered.length : current) - 1
        : (current + 1) % Math.max(1, ordered.length);
      const issue = ordered[next];
      if (!issue) {
        announce(t("issues.none"));
        return;
      }
      at.current = nameOf(issue);
      goTo(issue);
      announce(t("issues.at", { number: next + 1, count: ordered.length, text: issue.message }));
    };
    node.addEventListener("keydown", keyDown);
    return () => node.removeEventListener("keydown", keyDown);
  }, [root, issues, goTo, announce, t]);
}

function nameOf({ code, pointer }: Issue): string {
  return `${code} ${pointer}`;
}
