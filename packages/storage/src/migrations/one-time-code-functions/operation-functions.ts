import { functionSettings } from "./function-settings.ts";

/** What a run's end, an owner, an operator, the edge and the cleaner ask. */
export const operationFunctions = String.raw`
-- Revokes what is active among a run's challenges, or one challenge; answers how many there were.
CREATE OR REPLACE FUNCTION otp.revoke(p_tenant text, p_run text, p_challenge text, p_event text) RETURNS integer LANGUAGE plpgsql
${functionSettings}
AS $$
DECLARE
  v_row otp.challenges;
  v_count integer := 0;
  v_id text;
  v_ids text[] := CASE WHEN p_run IS NULL THEN ARRAY[p_challenge] ELSE ARRAY(
    SELECT i.challenge_id FROM otp.issues i WHERE i.tenant = p_tenant AND i.run_id = p_run) END;
BEGIN
  PERFORM otp.lock_challenges(v_ids);
  FOREACH v_id IN ARRAY v_ids LOOP
    UPDATE otp.challenges SET state = 'revoked', sealed = NULL
      WHERE challenge_id = v_id AND tenant = p_tenant AND state = 'active' AND (p_run IS NULL OR run_id = p_run)
        AND otp.now() < expires_at
      RETURNING * INTO v_row;
    IF FOUND THEN
      PERFORM otp.audit(otp.now(), p_tenant, p_event, v_row.user_id, v_row.client_id, v_row.purpose, v_row.run_id,
        v_row.step_id, v_row.challenge_id, NULL);
      v_count := v_count + 1;
    END IF;
  END LOOP;
  RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION otp.unlock(p_tenant text, p_user text) RETURNS void LANGUAGE plpgsql
${functionSettings}
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(otp.lock_key('subject', p_tenant, 'user:' || p_user));
  UPDATE otp.budgets SET hits = '{}', touched_at = otp.now()
    WHERE tenant = p_tenant AND scope = 'failures' AND key = 'user:' || p_user;
  PERFORM otp.audit(otp.now(), p_tenant, 'unlocked', p_user, NULL, NULL, NULL, NULL, NULL, NULL);
END $$;

-- When a network and a client may both issue and confirm again; null: now.
CREATE OR REPLACE FUNCTION otp.call_limit(
  p_tenant text, p_client text, p_ip text, p_network_issue_seconds integer, p_network_issue_max integer,
  p_network_confirm_seconds integer, p_network_confirm_max integer, p_client_issue_seconds integer,
  p_client_issue_max bigint, p_client_confirm_seconds integer, p_client_confirm_max bigint, OUT retry_at bigint,
  OUT now_ms bigint
) LANGUAGE plpgsql STABLE
${functionSettings}
AS $$
BEGIN
  now_ms := otp.now();
  SELECT max(t) INTO retry_at FROM (
    SELECT CASE b.scope
        WHEN 'network-issues' THEN otp.window_full_until(b.hits, p_network_issue_seconds, p_network_issue_max, now_ms)
        ELSE otp.window_full_until(b.hits, p_network_confirm_seconds, p_network_confirm_max, now_ms) END
      FROM otp.budgets b
      WHERE b.tenant = p_tenant AND b.scope IN ('network-issues', 'network-confirms') AND b.key = p_ip
    UNION ALL
    SELECT w.window_start + w.seconds * 1000::bigint
      FROM (VALUES ('issue', p_client_issue_seconds, p_client_issue_max),
          ('confirm', p_client_confirm_seconds, p_client_confirm_max)) AS l(operation, seconds, most),
        LATERAL (SELECT l.seconds, now_ms / (l.seconds * 1000::bigint) * (l.seconds * 1000::bigint) AS window_start) AS w
      WHERE otp.client_used(p_tenant, p_client, l.operation, w.window_start) >= l.most
  ) AS full_until(t);
END $$;

-- Deletes what was over a day ago, in one batch of each kind; one cleaner at a time. Answers how many of the most
-- frequent kind went: less than a batch, and nothing is left.
CREATE OR REPLACE FUNCTION otp.clean(p_batch integer) RETURNS integer LANGUAGE plpgsql
${functionSettings}
AS $$
DECLARE
  v_before bigint := otp.now() - 86400000;
  v_count integer;
  v_most integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(otp.lock_key('clean', '', '')) THEN RETURN 0; END IF;
  DELETE FROM otp.issues WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM otp.issues WHERE over_at <= v_before LIMIT p_batch FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_most = ROW_COUNT;
  DELETE FROM otp.attempts WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM otp.attempts WHERE over_at <= v_before LIMIT p_batch FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  v_most := greatest(v_most, v_count);
  -- The longest window is a week.
  DELETE FROM otp.budgets WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM otp.budgets WHERE touched_at <= v_before - 7 * 86400000::bigint LIMIT p_batch FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  v_most := greatest(v_most, v_count);
  DELETE FROM otp.challenges WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM otp.challenges WHERE expires_at <= v_before LIMIT p_batch FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN greatest(v_most, v_count);
END $$;
`;
