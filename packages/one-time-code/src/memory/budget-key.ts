import type { IssueChallengeRequest } from "../store/one-time-code-store.ts";
import { rowKey, subjectKey } from "./challenge-table.ts";

/** The keys of budgets, by whom they count. */
export const budgetKey = {
  issues: (request: IssueChallengeRequest) => rowKey("issues", subjectKey(request)),
  destination: ({ tenant, destinationHash }: IssueChallengeRequest) => rowKey("destination", tenant, destinationHash),
  failures: ({ tenant, subject }: { readonly tenant: string; readonly subject: string }) =>
    rowKey("failures", tenant, subject),
  networkIssues: ({ tenant, ipClass }: { readonly tenant: string; readonly ipClass: string | null }) =>
    ipClass === null ? null : rowKey("network-issues", tenant, ipClass),
  networkConfirms: ({ tenant, ipClass }: { readonly tenant: string; readonly ipClass: string | null }) =>
    ipClass === null ? null : rowKey("network-confirms", tenant, ipClass),
};
