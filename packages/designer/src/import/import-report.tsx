import { type Component, type Issue, localize } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { useDesigner, useDocument } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { type ImportReading, mostBytes } from "./read-import.ts";

// A hostile file can have a problem in each line; a person reads the first ones.
const mostIssues = 100;

/** What was read: what *Replace* would do, or why there is nothing to replace with. */
export function ImportReport({ reading }: { readonly reading: ImportReading }): ReactElement {
  const { t, locale, document } = useDesigner();
  const open = useDocument(() => document.toComponent());
  switch (reading.kind) {
    case "ready":
      return (
        <>
          <p className="of-import-summary">
            <Icon name="ok" />
            <span>
              {t("import.replaces", {
                old: localize(open.name, locale),
                new: localize(reading.component.name, locale),
              })}{" "}
              <b>{t("import.counts", counts(reading.component))}</b>
            </span>
          </p>
          {reading.issues.length > 0 && <IssueTable issues={reading.issues} />}
        </>
      );
    case "broken":
      return (
        <>
          <Refusal title={t("import.broken", { count: reading.issues.length })} text={t("import.kept")} />
          <IssueTable issues={reading.issues} />
        </>
      );
    case "other":
      return (
        <Refusal
          title={t(reading.found.id, reading.found.values)}
          text={`${t("import.expected")} ${t("import.kept")}`}
        />
      );
    case "too-large":
      return (
        <Refusal
          title={t("import.tooLarge", { size: megabytes(reading.bytes), limit: megabytes(mostBytes) })}
          text={t("import.kept")}
        />
      );
    case "unreadable":
      return <Refusal title={t("import.unreadable")} text={t("import.kept")} />;
  }

  function megabytes(bytes: number): string {
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / (1024 * 1024));
  }
}

function Refusal({ title, text }: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <div className="of-import-refusal">
      <Icon name="error" />
      <p>
        <b>{title}</b> {text}
      </p>
    </div>
  );
}

function IssueTable({ issues }: { readonly issues: readonly Issue[] }): ReactElement {
  const { t } = useDesigner();
  return (
    <>
      <ol className="of-import-issues">
        {issues.slice(0, mostIssues).map((issue) => (
          <li key={`${issue.pointer} ${issue.code} ${issue.message}`} data-severity={issue.severity}>
            <Icon name={issue.severity === "error" ? "error" : "warning"} />
            <code>{issue.line === undefined ? issue.pointer || "/" : `${issue.line}:${issue.column ?? 1}`}</code>
            <span>
              {issue.message}
              {issue.line !== undefined && issue.pointer !== "" && <small>{issue.pointer}</small>}
            </span>
          </li>
        ))}
      </ol>
      {issues.length > mostIssues && (
        <p className="of-import-more">{t("import.more", { count: issues.length - mostIssues })}</p>
      )}
    </>
  );
}

function counts({ dataflows }: Component): { readonly dataflows: number; readonly steps: number } {
  return {
    dataflows: dataflows.length,
    steps: dataflows.reduce((sum, { stages }) => sum + stages.reduce((all, { steps }) => all + steps.length, 0), 0),
  };
}
