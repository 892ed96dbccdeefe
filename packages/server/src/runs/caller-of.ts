import type { Caller, Users } from "@onceflow/step-runtime";
import type { Principal } from "../auth/principal.ts";
import { sha256 } from "../auth/sha256.ts";
import { ProblemError } from "../problems/problem-error.ts";

/** Whom a run is to run as; a session of null is the run's own. */
export type RunsAs = Pick<Caller, "clientId" | "userId"> & { readonly sessionId: string | null };

/**
 * Whom a run is to run as: a session's user, or whom a client's program names. Its session ids are hashed together with
 * the client, so that those of two clients never meet, nor those of browsers.
 *
 * @param named what the body says
 * @throws ProblemError `caller-in-body`, `unknown-caller`, `forbidden`
 */
export async function callerOf(
  principal: Principal,
  named: { user?: string | undefined; sessionId?: string | undefined },
  { users }: { users: Users },
): Promise<RunsAs> {
  if (principal.type === "run-token") throw new ProblemError("forbidden", "A run token starts no run.");
  if (principal.type === "session") {
    if (named.user !== undefined || named.sessionId !== undefined) {
      throw new ProblemError("caller-in-body", "Leave out user and sessionId: this session runs as its own user.");
    }
    const { clientId, userId, id } = principal.session;
    return { clientId, userId, sessionId: id };
  }
  const { clientId } = principal;
  const user = named.user === undefined ? null : await users.find(named.user);
  if (named.user !== undefined && user === null) {
    throw new ProblemError("unknown-caller", "Nobody has the ID or name in user. Leave it out to run as nobody.");
  }
  const sessionId = named.sessionId === undefined ? null : sha256(JSON.stringify([clientId, named.sessionId]));
  return { clientId, userId: user?.id ?? null, sessionId };
}
