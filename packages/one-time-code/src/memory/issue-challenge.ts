import type { BudgetScope, IssueSuppression, OneTimeCodeAuditEvent } from "../store/one-time-code-audit-event.ts";
import type { ChallengeIssue, IssueChallengeRequest } from "../store/one-time-code-store.ts";
import { budgetKey } from "./budget-key.ts";
import { clientFullUntil, clientKey, spendClient } from "./client-window.ts";
import { appendHit, windowFullUntil, windowsFullUntil } from "./rolling-window.ts";
import {
  type ChallengeRow,
  type ChallengeTable,
  endChallenge,
  type IssueRow,
  isLive,
  rowKey,
  slotKey,
  subjectKey,
  viewChallenge,
} from "./challenge-table.ts";

type Audit = (event: OneTimeCodeAuditEvent) => void;

/** The issue of the in-memory store, run while nothing else changes the table. */
export function issueChallenge(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  atMs: number,
  audit: Audit,
): ChallengeIssue {
  const key = rowKey(request.tenant, request.runId, request.idempotencyKey);
  const issue = table.issues.get(key) ?? decide(table, request, atMs, audit);
  table.issues.set(key, issue);
  const challenge = viewChallenge(issue.challenge, atMs);
  if (request.testMode && challenge.sealed !== null) {
    audit({ ...requestFacts(request, challenge.challengeId, atMs), event: "test_code_revealed" });
  }
  return { challenge, suppressed: issue.suppressed, resendAvailableAtMs: issue.resendAvailableAtMs };
}

/** Where a challenge of a session, client and purpose stands among those before it. */
interface Chain {
  readonly newest: ChallengeRow | undefined;
  /** Whether it takes over the attempts spent on the newest one. */
  readonly carries: boolean;
  /** Whether it is a resend of the newest one. */
  readonly resend: boolean;
  readonly expiresAtMs: number;
}

function decide(table: ChallengeTable, request: IssueChallengeRequest, atMs: number, audit: Audit): IssueRow {
  const chain = continueChain(table.newestInSlot.get(slotKey(request)), request, atMs);
  const suppressed = findSuppression(table, request, chain, atMs);
  const exhausted = debit(table, request, suppressed, atMs);
  const live = chain.newest;
  const answersLive =
    suppressed !== null && live !== undefined && isLive(live, atMs) && live.subject === request.subject;
  const row = answersLive ? live : insert(table, request, { chain, suppressed, atMs, audit });

  const facts = requestFacts(request, row.challengeId, atMs);
  if (suppressed !== null) audit({ ...facts, event: "issue_suppressed", reason: suppressed });
  else if (chain.resend) audit({ ...facts, event: "resent", decoy: row.decoy, resend: row.resends });
  else audit({ ...facts, event: "issued", decoy: row.decoy });
  if (row.state === "locked" && !answersLive) audit({ ...facts, event: "locked", attemptNumber: row.attempts });
  for (const scope of exhausted) audit({ ...facts, event: "budget_exhausted", scope });

  return { challenge: row, suppressed, resendAvailableAtMs: nextIssueAt(table, request, { row, suppressed, atMs }) };
}

/** When the next issue is not suppressed, as far as the user's own budget tells. */
function nextIssueAt(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  { row, suppressed, atMs }: { row: ChallengeRow; suppressed: IssueSuppression | null; atMs: number },
): number {
  const { policy, testMode } = request;
  const hits = testMode ? [] : (table.budgets.get(budgetKey.issues(request)) ?? []);
  const cooldownMs = policy.resendCooldownSeconds * 1000;
  const availableAtMs = Math.max(
    (hits.at(-1) ?? row.createdAtMs) + cooldownMs,
    windowsFullUntil(hits, policy.userIssues, atMs) ?? 0,
    // As for a name that nobody asked for: an older time would tell that somebody did, and when.
    suppressed !== null && budgetsOfOthers.has(suppressed) ? atMs + cooldownMs : 0,
  );
  if (testMode) return availableAtMs;
  const chainEndMs = row.firstIssuedAtMs + policy.maxChainSeconds * 1000;
  const last =
    suppressed === "resends" ||
    row.resends >= policy.maxResends ||
    availableAtMs + policy.minSendSeconds * 1000 > chainEndMs;
  return last ? Math.max(availableAtMs, row.expiresAtMs) : availableAtMs;
}

/** What suppresses an issue whatever its user asked for before. */
const budgetsOfOthers: ReadonlySet<IssueSuppression> = new Set([
  "network_budget",
  "client_budget",
  "destination_budget",
]);

/**
 * A new code buys no new guesses, and a chain of codes no longer life. What a limit put in the place of a code may outlive
 * the chain: it carries nothing past its end, else whoever keeps asking would stay locked for good.
 */
function continueChain(newest: ChallengeRow | undefined, request: IssueChallengeRequest, atMs: number): Chain {
  const { policy, testMode, lifetimeSeconds } = request;
  const wholeMs = atMs + lifetimeSeconds * 1000;
  const chainEndMs = (newest?.firstIssuedAtMs ?? 0) + policy.maxChainSeconds * 1000;
  if (newest === undefined || newest.state === "confirmed" || atMs >= Math.min(newest.expiresAtMs, chainEndMs)) {
    return { newest, carries: false, resend: false, expiresAtMs: wholeMs };
  }
  const expiresAtMs = Math.min(wholeMs, chainEndMs);
  const tooShort = expiresAtMs < atMs + policy.minSendSeconds * 1000;
  if (testMode && tooShort) return { newest, carries: true, resend: false, expiresAtMs: wholeMs };
  return { newest, carries: true, resend: true, expiresAtMs };
}

function findSuppression(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  { newest, resend, expiresAtMs }: Chain,
  atMs: number,
): IssueSuppression | null {
  const { policy, testMode } = request;
  const hits = (key: string | null) => (key === null ? [] : (table.budgets.get(key) ?? []));
  if (!testMode && windowFullUntil(hits(budgetKey.networkIssues(request)), policy.networkIssues, atMs) !== null) {
    return "network_budget";
  }
  const client = table.clients.get(clientKey("issue", request));
  if (clientFullUntil(client, policy.clientIssues, atMs) !== null) return "client_budget";
  if (testMode) return null;
  const issues = hits(budgetKey.issues(request));
  if (atMs < (issues.at(-1) ?? Number.NEGATIVE_INFINITY) + policy.resendCooldownSeconds * 1000) return "cooldown";
  const tooShort = expiresAtMs < atMs + policy.minSendSeconds * 1000;
  if (resend && ((newest?.resends ?? 0) >= policy.maxResends || tooShort)) return "resends";
  if (windowsFullUntil(issues, policy.userIssues, atMs) !== null) return "user_budget";
  const destination = hits(budgetKey.destination(request));
  return windowsFullUntil(destination, policy.destinationIssues, atMs) === null ? null : "destination_budget";
}

/** Debits what an issue costs; tells the budgets of which it was the last. */
function debit(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  suppressed: IssueSuppression | null,
  atMs: number,
): readonly BudgetScope[] {
  const { policy, testMode } = request;
  const exhausted: BudgetScope[] = [];
  const network = budgetKey.networkIssues(request);
  const spend = (scope: BudgetScope, key: string, limits: IssueChallengeRequest["policy"]["userIssues"]) => {
    const hits = appendHit(table.budgets.get(key) ?? [], limits, atMs);
    table.budgets.set(key, hits);
    if (windowsFullUntil(hits, limits, atMs) !== null) exhausted.push(scope);
  };
  if (!testMode && network !== null && suppressed !== "network_budget")
    spend("network", network, [policy.networkIssues]);
  // What a network has too much of is not the client's: else one network would spend what all share.
  if (suppressed !== "network_budget" && spendClient(table, "issue", request, policy.clientIssues, atMs)) {
    exhausted.push("client");
  }
  if (suppressed !== null || testMode) return exhausted;
  spend("user", budgetKey.issues(request), policy.userIssues);
  spend("destination", budgetKey.destination(request), policy.destinationIssues);
  return exhausted;
}

function insert(
  table: ChallengeTable,
  request: IssueChallengeRequest,
  place: { chain: Chain; suppressed: IssueSuppression | null; atMs: number; audit: Audit },
): ChallengeRow {
  const { challengeId, tenant, userId, clientId, purpose, sessionId, runId, stepId, subject, policy } = request;
  const { chain, suppressed, atMs, audit } = place;
  const { newest, carries, resend } = chain;
  // Whatever ended the old one, unless it was confirmed or is over: its attempts stay spent.
  const attempts = carries ? Math.min(newest?.attempts ?? 0, policy.maxAttempts) : 0;
  const locked = attempts >= policy.maxAttempts;
  const decoy = request.decoy || suppressed !== null;
  const row: ChallengeRow = {
    challengeId,
    tenant,
    userId,
    clientId,
    purpose,
    sessionId,
    runId,
    stepId,
    subject,
    decoy,
    attempts,
    alphabet: request.alphabet,
    length: request.length,
    kid: request.kid,
    testMode: request.testMode,
    // No code is known for these bytes either.
    mac: suppressed === null ? request.mac : crypto.getRandomValues(new Uint8Array(request.mac.length)),
    state: locked ? "locked" : "active",
    sealed: locked || decoy ? null : request.sealed,
    maxAttempts: policy.maxAttempts,
    malformed: 0,
    resends: resend && newest !== undefined ? newest.resends + (suppressed === null ? 1 : 0) : 0,
    firstIssuedAtMs: resend && newest !== undefined ? newest.firstIssuedAtMs : atMs,
    createdAtMs: atMs,
    expiresAtMs: suppressed === null ? chain.expiresAtMs : atMs + request.lifetimeSeconds * 1000,
  };
  if (newest !== undefined) supersede(newest, row, request, atMs, audit);
  // Nothing that a limit suppressed takes the place of a code in another session: else whoever asks for codes of
  // somebody, again and again, would end the one that was mailed.
  if (suppressed === null) {
    const active = (table.activeBySubject.get(subjectKey(row)) ?? []).filter((other) => isLive(other, atMs));
    const surplus = active.splice(0, Math.max(0, active.length + 1 - policy.maxActivePerUser));
    for (const old of surplus) supersede(old, row, request, atMs, audit);
    table.activeBySubject.set(subjectKey(row), [...active, row]);
  }

  table.byId.set(rowKey(tenant, challengeId), row);
  table.newestInSlot.set(slotKey(row), row);
  const runKey = rowKey(tenant, runId);
  table.byRun.set(runKey, [...(table.byRun.get(runKey) ?? []), row]);
  return row;
}

function supersede(
  old: ChallengeRow,
  by: ChallengeRow,
  { ipClass }: IssueChallengeRequest,
  atMs: number,
  audit: Audit,
): void {
  if (isLive(old, atMs)) {
    endChallenge(old, "superseded");
    audit({ ...auditFacts(old, atMs), ipClass, event: "superseded", by: by.challengeId });
  } else if (old.state === "active") {
    endChallenge(old, "expired");
  }
}

/** The facts that every audit event about a row tells. */
export function auditFacts(row: ChallengeRow, atMs: number) {
  const { tenant, userId, clientId, purpose, runId, stepId, challengeId } = row;
  return { atMs, tenant, userId, clientId, purpose, runId, stepId, challengeId, ipClass: null };
}

function requestFacts(request: IssueChallengeRequest, challengeId: string, atMs: number) {
  const { tenant, userId, clientId, purpose, runId, stepId, ipClass } = request;
  return { atMs, tenant, userId, clientId, purpose, runId, stepId, challengeId, ipClass };
}
