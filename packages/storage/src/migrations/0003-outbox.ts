/** Messages that wait to be sent. */
export const outbox = `
CREATE TABLE onceflow.outbox (
  message_id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  tenant text NOT NULL,
  idempotency_key text NOT NULL,
  run_id text NOT NULL,
  step_id text NOT NULL,
  client_id text NOT NULL,
  user_id text,
  challenge_id text,
  deliver boolean NOT NULL,
  sealed bytea,
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped', 'void')),
  tries integer NOT NULL DEFAULT 0,
  due_at bigint NOT NULL,
  created_at bigint NOT NULL,
  closed_at bigint,
  CONSTRAINT outbox_key UNIQUE (tenant, idempotency_key)
) WITH (fillfactor = 70);
CREATE INDEX outbox_due ON onceflow.outbox (tenant, due_at, seq) WHERE state = 'waiting';
CREATE INDEX outbox_closed ON onceflow.outbox USING brin (closed_at);

CREATE TYPE onceflow.outbox_claimed AS (
  message_id text, tenant text, idempotency_key text, run_id text, challenge_id text, sealed bytea, tries integer,
  expires_at bigint
);

CREATE FUNCTION onceflow.outbox_audit(p_row onceflow.outbox, p_now bigint, p_event text, p_details jsonb DEFAULT '{}')
RETURNS void LANGUAGE sql
AS $$
  SELECT otp.audit(p_now, p_row.tenant, p_event, p_row.user_id, p_row.client_id, NULL, p_row.run_id, p_row.step_id,
    p_row.challenge_id, NULL, p_details)
$$;

-- Stores a message once; false when it is there already.
CREATE FUNCTION onceflow.outbox_add(
  p_message text, p_tenant text, p_key text, p_run text, p_step text, p_client text, p_user text, p_challenge text,
  p_deliver boolean, p_sealed bytea
) RETURNS boolean LANGUAGE plpgsql
AS $$
DECLARE
  v_row onceflow.outbox;
  v_now bigint := otp.now();
BEGIN
  INSERT INTO onceflow.outbox (message_id, tenant, idempotency_key, run_id, step_id, client_id, user_id, challenge_id,
      deliver, sealed, state, due_at, created_at)
    VALUES (p_message, p_tenant, p_key, p_run, p_step, p_client, p_user, p_challenge, p_deliver, p_sealed, 'waiting', v_now,
      v_now)
    ON CONFLICT DO NOTHING RETURNING * INTO v_row;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM onceflow.outbox_audit(v_row, v_now, 'delivery_queued');
  PERFORM pg_notify('onceflow_outbox', '');
  RETURN true;
END $$;

-- Ends a message; what it held is gone. An event of null is not told.
CREATE FUNCTION onceflow.outbox_close(p_row onceflow.outbox, p_now bigint, p_state text, p_event text, p_details jsonb DEFAULT '{}')
RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE onceflow.outbox SET state = p_state, sealed = NULL, closed_at = p_now WHERE message_id = p_row.message_id;
  IF p_event IS NOT NULL THEN PERFORM onceflow.outbox_audit(p_row, p_now, p_event, p_details); END IF;
END $$;

-- Hands out what is due for a time, oldest first; closes on the way what is not to be sent any more. One call closes a
-- thousand at most, so that a flood of them ends no statement by its time limit.
CREATE FUNCTION onceflow.outbox_claim(p_tenant text, p_limit integer, p_lease_ms bigint, p_min_send_ms bigint)
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
      UPDATE onceflow.outbox SET due_at = v_now + p_lease_ms, tries = v_row.tries + 1 WHERE message_id = v_row.message_id;
      v_claimed := v_claimed + 1;
      RETURN NEXT ROW(v_row.message_id, v_row.tenant, v_row.idempotency_key, v_row.run_id, v_row.challenge_id,
        v_row.sealed, v_row.tries, v_challenge.expires_at)::onceflow.outbox_claimed;
    END IF;
  END LOOP;
END $$;

-- sent, failed or delayed. What somebody closed meanwhile stays as it is; and only a mail that was sent counts from a
-- worker whose claim went to another.
CREATE FUNCTION onceflow.outbox_mark(
  p_message text, p_tries integer, p_event text, p_reason text, p_delay_ms bigint, p_min_send_ms bigint
) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
  v_row onceflow.outbox;
  v_now bigint;
  v_expires bigint;
  v_details jsonb := jsonb_build_object('reason', p_reason);
BEGIN
  SELECT * INTO v_row FROM onceflow.outbox WHERE message_id = p_message AND state = 'waiting' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  v_now := otp.now();
  IF p_event = 'delivery_sent' THEN
    UPDATE otp.challenges SET sealed = NULL
      WHERE challenge_id = v_row.challenge_id AND tenant = v_row.tenant AND NOT test_mode AND sealed IS NOT NULL;
    PERFORM onceflow.outbox_close(v_row, v_now, 'sent', p_event);
    RETURN;
  END IF;
  IF v_row.tries <> p_tries + 1 THEN RETURN; END IF;
  IF p_event = 'delivery_failed' THEN
    PERFORM onceflow.outbox_close(v_row, v_now, 'failed', p_event, v_details);
    RETURN;
  END IF;
  SELECT expires_at INTO v_expires FROM otp.challenges WHERE challenge_id = v_row.challenge_id AND tenant = v_row.tenant;
  IF v_now + p_delay_ms >= v_expires - p_min_send_ms THEN
    PERFORM onceflow.outbox_close(v_row, v_now, 'dropped', 'delivery_dropped_expired', v_details);
  ELSE
    UPDATE onceflow.outbox SET due_at = v_now + p_delay_ms WHERE message_id = p_message;
    PERFORM onceflow.outbox_audit(v_row, v_now, p_event, v_details);
  END IF;
END $$;
`;
