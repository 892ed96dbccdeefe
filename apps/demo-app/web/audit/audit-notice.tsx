import type { ReactElement } from "react";
import type { AuditTexts } from "./audit-texts.ts";
import type { AuditFailure } from "./use-audit-trail.ts";

/** Why the trail is not, or may no longer be, what it should show. */
export function AuditNotice({
  online,
  failure,
  stale,
  texts,
  onRetry,
}: {
  readonly online: boolean;
  readonly failure: AuditFailure | null;
  /** Something older stands there. */
  readonly stale: boolean;
  readonly texts: AuditTexts;
  readonly onRetry: () => Promise<void>;
}): ReactElement | null {
  if (online && failure === null) return null;
  return (
    <div className="audit-note audit-bad" role="alert">
      <p>
        {[online ? null : texts.offline, failure && online ? wordsOf(failure, texts) : null, stale ? texts.stale : null]
          .filter(Boolean)
          .join(" ")}
      </p>
      <button type="button" className="ofp-link" onClick={() => void onRetry()}>
        {texts.retry}
      </button>
    </div>
  );
}

function wordsOf(failure: AuditFailure, texts: AuditTexts): string {
  if (failure.kind === "unreachable") return texts.unreachable;
  if (failure.kind === "missing-scope") return texts.missingScope;
  return `${texts.failed} ${failure.message}`;
}
