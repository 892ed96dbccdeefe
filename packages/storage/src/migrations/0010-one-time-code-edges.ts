import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/**
 * A suppressed issue names no time in the past, a failed confirm whose challenge it was, and a message that carries a code
 * is handed out again while the code can still be sent.
 */
export const oneTimeCodeEdges = `${oneTimeCodeFunctions}
-- Hands out what is due for a time, oldest first; closes on the way what is not to be sent any more. One call closes a
-- thousand at most, so that a flood of them ends no statement by its time limit.
CREATE OR REPLACE FUNCTION onceflow.outbox_claim(p_tenant text, p_limit integer, p_lease_ms bigint, p_min_send_ms bigint)
RETURNS SETOF onceflow.outbox_claimed
LANGUAGE plpgsql
AS $$
DECLARE
  v_row onceflow.outbox;
  v_challenge otp.challenges;
  v_now bigint := otp.now();
  v_claimed integer := 0;
BEGIN
  FOR v_round IN 1..1000 LOOP
    EXIT WHEN v_claimed >= p_limit;
    -- Seen anew in each round, with what the rounds before did: their rows are no longer due.
    SELECT * INTO v_row FROM onceflow.outbox WHERE tenant = p_tenant AND state = 'waiting' AND due_at <= v_now
      ORDER BY due_at, seq LIMIT 1 FOR UPDATE SKIP LOCKED;
    EXIT WHEN NOT FOUND;
    v_challenge := NULL;
    IF v_row.challenge_id IS NOT NULL THEN
      SELECT * INTO v_challenge FROM otp.challenges WHERE challenge_id = v_row.challenge_id AND tenant = p_tenant;
    END IF;
    IF NOT v_row.deliver THEN
      PERFORM onceflow.outbox_close(v_row, v_now, 'void', NULL);
    ELSIF v_row.challenge_id IS NOT NULL AND (v_challenge.state IS DISTINCT FROM 'active' OR v_challenge.sealed IS NULL
      OR v_challenge.expires_at - p_min_send_ms <= v_now) THEN
      PERFORM onceflow.outbox_close(v_row, v_now, 'dropped', 'delivery_dropped_expired', jsonb_build_object('reason', CASE
        WHEN v_challenge.state IS NULL THEN 'expired'
        WHEN v_challenge.state <> 'active' THEN v_challenge.state
        WHEN v_challenge.expires_at - p_min_send_ms <= v_now THEN 'expired'
        ELSE 'delivered_before' END));
    ELSE
      -- Half of what is left of a code, so that a second try still fits, but time enough for a mail server to take it.
      UPDATE onceflow.outbox SET tries = v_row.tries + 1,
          due_at = v_now + CASE WHEN v_row.challenge_id IS NULL THEN p_lease_ms
            ELSE least(p_lease_ms, greatest(10000, (v_challenge.expires_at - p_min_send_ms - v_now) / 2)) END
        WHERE message_id = v_row.message_id;
      v_claimed := v_claimed + 1;
      RETURN NEXT ROW(v_row.message_id, v_row.tenant, v_row.idempotency_key, v_row.run_id, v_row.challenge_id,
        v_row.sealed, v_row.tries, v_challenge.expires_at)::onceflow.outbox_claimed;
    END IF;
  END LOOP;
END $$;
`;
