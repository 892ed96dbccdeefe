import type { Session } from "./session.ts";

/** Where sessions are kept, by the SHA-256 of their token. */
export interface SessionStore {
  put(tokenHash: string, session: Session): Promise<void>;
  get(tokenHash: string): Promise<Session | null>;
  delete(tokenHash: string): Promise<void>;
}
