import { ProblemError } from "../problems/problem-error.ts";
import type { Principal } from "./principal.ts";
import type { Session } from "./session.ts";

/**
 * The session of a browser.
 *
 * @throws ProblemError `forbidden` for everybody else
 */
export function sessionOf(principal: Principal): Session {
  if (principal.type === "session") return principal.session;
  throw new ProblemError("forbidden", "This is for the sessions of browsers. /openapi.json lists what a key opens.");
}
