import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { type AuditEntry, pageSize, readAudit } from "./audit-api.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** Why the trail could not be read. */
export type AuditFailure =
  | { readonly kind: "unreachable" }
  | { readonly kind: "missing-scope" }
  | { readonly kind: "failed"; readonly message: string };

/** The trail as far as it was read. */
interface TrailState {
  /** Null until it was read once for this filter. */
  readonly entries: readonly AuditEntry[] | null;
  readonly hasOlder: boolean;
  readonly readAtMs: number;
  /** What the last reading added to what stood there. */
  readonly added: number;
  readonly failure: AuditFailure | null;
}

const unread: TrailState = { entries: null, hasOlder: false, readAtMs: 0, added: 0, failure: null };

/** How often a live trail is read. */
const liveEveryMs = 3000;

/** The trail that a filter asks for, and how to read on. */
export interface AuditTrail extends TrailState {
  readonly loadingOlder: boolean;
  readonly refresh: () => Promise<void>;
  readonly loadOlder: () => Promise<void>;
}

/** Reads the trail at the start and at each change of the filter; a live one every few seconds while the page is seen. */
export function useAuditTrail(filter: AuditFilter, { live }: { readonly live: boolean }): AuditTrail {
  // What was read for another filter is not what this one shows.
  const [kept, setKept] = useState({ filter, trail: unread });
  const trail = kept.filter === filter ? kept.trail : unread;
  const [loadingOlder, setLoadingOlder] = useState(false);
  const reading = useRef<AbortController | null>(null);

  const read = useCallback(
    async (which: "newer" | "older", before?: number) => {
      reading.current?.abort();
      const mine = new AbortController();
      reading.current = mine;
      const next = await readAudit(filter, { before, signal: mine.signal }).then(
        (page) => (known: TrailState) => withPage(known, page, which),
        (error: unknown) => (known: TrailState) => ({ ...known, failure: failureOf(error) }),
      );
      if (reading.current !== mine) return;
      reading.current = null;
      setLoadingOlder(false);
      setKept((before) => ({ filter, trail: next(before.filter === filter ? before.trail : unread) }));
    },
    [filter],
  );

  useEffect(() => {
    void read("newer");
    return () => {
      reading.current?.abort();
      reading.current = null;
    };
  }, [read]);

  useEffect(() => {
    const again = () => void read("newer");
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [read]);

  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => {
      // Whoever reads something at the moment is not disturbed by another reading.
      if (document.visibilityState === "visible" && reading.current === null) void read("newer");
    }, liveEveryMs);
    return () => clearInterval(timer);
  }, [live, read]);

  return {
    ...trail,
    loadingOlder,
    refresh: () => read("newer"),
    loadOlder() {
      setLoadingOlder(true);
      return read("older", trail.entries?.at(-1)?.seq);
    },
  };
}

function withPage(known: TrailState, page: readonly AuditEntry[], which: "newer" | "older"): TrailState {
  const full = page.length === pageSize;
  const oldest = page.at(-1)?.seq ?? 0;
  const before = known.entries ?? [];
  const readAtMs = Date.now();
  // More is new than a page holds: what lies between is not known, so the trail begins anew.
  if (which === "newer" && full && !before.some(({ seq }) => seq >= oldest)) {
    return { entries: page, hasOlder: true, readAtMs, added: known.entries === null ? 0 : page.length, failure: null };
  }
  // By number: an entry may appear behind others that were written after it.
  const all = new Map([...before, ...page].map((entry) => [entry.seq, entry]));
  return {
    entries: [...all.values()].toSorted((left, right) => right.seq - left.seq),
    hasOlder: which === "older" || known.entries === null ? full : known.hasOlder,
    readAtMs,
    added: known.entries === null ? 0 : all.size - before.length,
    failure: null,
  };
}

function failureOf(error: unknown): AuditFailure {
  // What fetch throws when nobody answers.
  if (error instanceof TypeError) return { kind: "unreachable" };
  if (error instanceof ApiProblem && error.code === "missing-scope") return { kind: "missing-scope" };
  return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
}
