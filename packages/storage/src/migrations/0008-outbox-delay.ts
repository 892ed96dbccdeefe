/** A message may be due later than it is added; whoever listens is told when. An older version adds without a delay. */
export const outboxDelay = `
DROP FUNCTION onceflow.outbox_add(text, text, text, text, text, text, text, text, boolean, bytea);
CREATE FUNCTION onceflow.outbox_add(
  p_message text, p_tenant text, p_key text, p_run text, p_step text, p_client text, p_user text, p_challenge text,
  p_deliver boolean, p_sealed bytea, p_delay_ms bigint DEFAULT 0
) RETURNS boolean LANGUAGE plpgsql
AS $$
DECLARE
  v_row onceflow.outbox;
  v_now bigint := otp.now();
BEGIN
  INSERT INTO onceflow.outbox (message_id, tenant, idempotency_key, run_id, step_id, client_id, user_id, challenge_id,
      deliver, sealed, state, due_at, created_at)
    VALUES (p_message, p_tenant, p_key, p_run, p_step, p_client, p_user, p_challenge, p_deliver, p_sealed, 'waiting',
      v_now + p_delay_ms, v_now)
    ON CONFLICT DO NOTHING RETURNING * INTO v_row;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM onceflow.outbox_audit(v_row, v_now, 'delivery_queued');
  PERFORM pg_notify('onceflow_outbox', p_delay_ms::text);
  RETURN true;
END $$;
`;
