import * as z from "zod";
import { callApi } from "../api/call-api.ts";
import type { AuditFilter } from "./audit-filter.ts";

const entrySchema = z.object({
  seq: z.number(),
  atMs: z.number(),
  event: z.string(),
  userId: z.string().nullable(),
  clientId: z.string().nullable(),
  purpose: z.string().nullable(),
  runId: z.string().nullable(),
  stepId: z.string().nullable(),
  challengeId: z.string().nullable(),
  ipClass: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
const auditSchema = z.object({ entries: z.array(entrySchema) });

/** One line of the audit trail. */
export type AuditEntry = z.output<typeof entrySchema>;

/** How many entries are read at once. */
export const pageSize = 50;

/** Reads a page of the trail, newest first; `before` a seq: the page behind it. */
export async function readAudit(
  filter: AuditFilter,
  { before, signal }: { readonly before?: number | undefined; readonly signal?: AbortSignal | undefined },
): Promise<readonly AuditEntry[]> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  for (const name of ["user", "client", "run", "challenge"] as const) {
    if (filter[name] !== "") query.set(name, filter[name]);
  }
  if (filter.events.length > 0) query.set("event", filter.events.join(","));
  for (const name of ["from", "to"] as const) {
    const ms = Date.parse(filter[name]);
    if (ms >= 0) query.set(name, String(ms));
  }
  if (before !== undefined) query.set("before", String(before));
  return auditSchema.parse(await (await callApi(`/api/audit?${query}`, { signal })).json()).entries;
}

/** Lets a user try codes again at once. */
export async function unlockUser(userId: string, { csrfToken }: { readonly csrfToken: string }): Promise<void> {
  await callApi(`/api/users/${encodeURIComponent(userId)}/unlock`, { method: "POST", csrfToken });
}
