import { type Issue, type IssueSeverity, localize } from "@onceflow/step-runtime";
import { type KeyboardEvent, type ReactElement, useId } from "react";
import { useDesigner, useDocument, useView } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useIssueWalk } from "./use-issue-walk.ts";

const severities: readonly IssueSeverity[] = ["error", "warning", "hint"];
const icons = { error: "error", warning: "warning", hint: "unknown" } as const;

/** What is wrong with the component, errors first; a row leads to its step. */
export function ProblemsList(): ReactElement {
  const { t } = useDesigner();
  const issues = useView((view) => view.issues);
  if (issues.length === 0) {
    return (
      <div className="of-issues-empty">
        <Icon name="ok" />
        <b>{t("issues.none")}</b>
        <p>{t("issues.noneText")}</p>
      </div>
    );
  }
  return (
    <div className="of-issues" onKeyDown={walk}>
      {severities.map((severity) => (
        <Group key={severity} severity={severity} issues={issues.filter((issue) => issue.severity === severity)} />
      ))}
      <p className="of-issues-tip">
        {t("issues.tip")} <kbd>F8</kbd> <kbd>Shift F8</kbd>
      </p>
    </div>
  );
}

/** Arrow keys step through the rows of all groups. */
function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const at = rows.findIndex((row) => row === row.ownerDocument.activeElement);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function Group({
  severity,
  issues,
}: {
  readonly severity: IssueSeverity;
  readonly issues: readonly Issue[];
}): ReactElement | null {
  const { t, locale } = useDesigner();
  const goTo = useIssueWalk();
  const id = useId();
  const dataflows = useDocument(({ document }) => document.dataflows);
  if (issues.length === 0) return null;

  function place({ dataflowId, stepId }: Issue): string {
    const dataflow = Object.values(dataflows).find(({ meta }) => meta.id === dataflowId);
    const step = Object.values(dataflow?.steps ?? {}).find((one) => one.id === stepId);
    return (
      [dataflow && localize(dataflow.meta.name, locale), step && localize(step.name, locale)]
        .filter(Boolean)
        .join(" › ") || t("issues.component")
    );
  }

  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t(`issues.${severity}s`, { count: issues.length })}</h3>
      <ul>
        {issues.map((issue) => (
          <li key={`${issue.code} ${issue.pointer} ${issue.message}`}>
            <button type="button" data-severity={severity} onClick={() => goTo(issue)}>
              <Icon name={icons[severity]} />
              <span>
                <small>{place(issue)}</small>
                {issue.message}
                {issue.fixes?.map((fix) => (
                  <em key={fix}>{fix}</em>
                ))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
