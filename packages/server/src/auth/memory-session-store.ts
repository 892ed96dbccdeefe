import type { Session } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

/**
 * Keeps sessions in memory; the oldest make room for new ones.
 *
 * @param options.maxSessions how many are kept, @default 10000
 */
export function createMemorySessionStore({ maxSessions = 10_000 }: { maxSessions?: number } = {}): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    async put(tokenHash, session) {
      sessions.set(tokenHash, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= maxSessions) break;
        sessions.delete(oldest);
      }
    },
    async get(tokenHash) {
      return sessions.get(tokenHash) ?? null;
    },
    async delete(tokenHash) {
      sessions.delete(tokenHash);
    },
  };
}
