import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/**
 * Fewer statements in each issue and confirm. The index of a slot begins with its session: one that began with the
 * tenant was taken for looking up a challenge by its ID as well, by plans made while there were none, and read all.
 */
export const oneTimeCodeSpeed = `
DROP INDEX otp.challenges_slot;
CREATE INDEX challenges_slot ON otp.challenges (session_id, client_id, purpose, tenant, seq);
DROP FUNCTION IF EXISTS otp.locked_hits(text, text, text);
DROP FUNCTION IF EXISTS otp.append_hit(bigint[], integer, bigint, bigint);
${oneTimeCodeFunctions}`;
