import { functionSettings } from "./function-settings.ts";

/** `otp.confirm`: one submission compared with exactly one challenge, or the answer that it was given before. */
export const confirmFunction = String.raw`
-- One field, its length in bytes before it: what lengthPrefixed() of the application makes. Stable, as convert_to is:
-- else it would not be inlined.
CREATE OR REPLACE FUNCTION otp.lp(p_field bytea) RETURNS bytea LANGUAGE sql STABLE
AS $$ SELECT int4send(octet_length(p_field)) || p_field $$;
CREATE OR REPLACE FUNCTION otp.lp(p_field text) RETURNS bytea LANGUAGE sql STABLE
AS $$ SELECT int4send(octet_length(p_field)) || convert_to(p_field, 'UTF8') $$;

CREATE OR REPLACE FUNCTION otp.confirm(
  p_tenant text, p_attempt text, p_run text, p_step text, p_session text, p_client text, p_purpose text, p_ip text,
  p_user text, p_challenge text, p_length integer, p_alphabets text[], p_kids text[], p_digests bytea[],
  p_max_malformed integer, p_failure_seconds integer, p_failure_max integer, p_wait_after integer[],
  p_wait_seconds integer[], p_network_seconds integer, p_network_max integer, p_client_seconds integer,
  p_client_max bigint
) RETURNS otp.confirm_answer LANGUAGE plpgsql
${functionSettings}
AS $$
DECLARE
  v_call bigint := otp.lock_key('confirm', p_tenant, p_attempt);
  v_now bigint;
  v_known otp.attempts;
  v_said bytea := otp.lp('otp/v1/attempt'::text) || otp.lp(p_attempt) || otp.lp(p_run) || otp.lp(p_step)
    || otp.lp(coalesce('=' || p_user, '')) || otp.lp(coalesce('=' || p_challenge, ''));
  v_id text;
  v_subject text;
  v_subject_lock bigint;
  v_test boolean;
  v_row otp.challenges;
  v_network record;
  v_client record;
  v_failures bigint[];
  v_since bigint;
  v_digest bytea;
  v_reason text;
  v_outcome text := 'refused';
  v_retry bigint;
  v_attempt integer;
  v_scope text;
  v_exhausted text[] := '{}';
BEGIN
  IF NOT pg_try_advisory_xact_lock(v_call) THEN PERFORM pg_advisory_xact_lock(v_call); END IF;
  SELECT * INTO v_known FROM otp.attempts WHERE tenant = p_tenant AND attempt_id = p_attempt;
  IF FOUND THEN
    v_digest := p_digests[array_position(p_kids, v_known.kid)];
    IF sha256(v_said || otp.lp(v_digest)) = v_known.fingerprint THEN
      RETURN (v_known.outcome::text, v_known.retry_at, v_known.at_ms, v_known.challenge_id, v_known.user_id);
    END IF;
    PERFORM otp.audit(otp.now(), p_tenant, 'confirm_failed', p_user, p_client, p_purpose, p_run, p_step, NULL, p_ip,
      '{"reason": "attempt_reused", "attemptNumber": null}');
    RETURN ('refused'::text, NULL::bigint, NULL::bigint, NULL::text, NULL::text);
  END IF;

  -- Exactly one challenge: the one that the run names, else the newest of the slot, active or not.
  IF p_challenge IS NULL THEN
    SELECT challenge_id, subject, test_mode INTO v_id, v_subject, v_test FROM otp.challenges
      WHERE tenant = p_tenant AND session_id = p_session AND client_id = p_client AND purpose = p_purpose
      ORDER BY seq DESC LIMIT 1;
  ELSE
    SELECT challenge_id, subject, test_mode INTO v_id, v_subject, v_test FROM otp.challenges
      WHERE challenge_id = p_challenge AND tenant = p_tenant;
  END IF;
  IF v_id IS NOT NULL THEN
    v_subject_lock := otp.lock_key('subject', p_tenant, v_subject);
    IF NOT pg_try_advisory_xact_lock(v_subject_lock) THEN PERFORM pg_advisory_xact_lock(v_subject_lock); END IF;
  END IF;
  IF p_ip IS NULL OR v_test THEN
    SELECT NULL::bigint AS full_until, false AS reached INTO v_network;
  ELSE
    v_network := otp.debit_network(p_tenant, 'network-confirms', p_ip, p_network_seconds, p_network_max);
  END IF;
  -- What a network has too much of is not the client's: else one network would spend what all share.
  IF v_network.full_until IS NULL THEN
    v_client := otp.debit_client(p_tenant, p_client, 'confirm', p_client_seconds, p_client_max);
  ELSE
    SELECT NULL::bigint AS full_until, false AS reached INTO v_client;
  END IF;
  IF v_id IS NOT NULL THEN
    SELECT * INTO v_row FROM otp.challenges WHERE challenge_id = v_id FOR UPDATE;
  END IF;
  -- Read only now: whoever waited for a lock across the expiry comes too late.
  v_now := otp.now();

  IF v_network.reached THEN v_exhausted := v_exhausted || 'network'::text; END IF;
  IF v_client.reached THEN v_exhausted := v_exhausted || 'client'::text; END IF;
  v_retry := v_network.full_until;
  IF v_retry IS NOT NULL THEN
    v_reason := 'network_budget';
    v_outcome := 'rejected';
  ELSIF v_client.full_until IS NOT NULL THEN
    v_reason := 'client_budget';
    v_outcome := 'rejected';
    v_retry := v_client.full_until;
  ELSIF v_row.challenge_id IS NULL THEN
    v_reason := 'unknown';
  -- Whose it is comes first: to anyone else a challenge's state is none of their business.
  ELSIF v_row.client_id <> p_client OR v_row.purpose <> p_purpose OR v_row.session_id <> p_session
    OR (p_user IS NOT NULL AND v_row.user_id IS DISTINCT FROM p_user) THEN
    v_reason := 'foreign';
  ELSIF v_row.state <> 'active' THEN
    v_reason := CASE v_row.state WHEN 'confirmed' THEN 'replayed' ELSE v_row.state END;
  ELSIF v_row.expires_at <= v_now THEN
    v_reason := 'expired';
    UPDATE otp.challenges SET state = 'expired', sealed = NULL WHERE challenge_id = v_row.challenge_id;
  ELSIF v_now < v_row.created_at THEN
    v_reason := 'not_yet_valid';
  -- Somebody changed the row.
  ELSIF v_row.attempts NOT BETWEEN 0 AND v_row.max_attempts - 1 THEN
    v_reason := 'locked';
  ELSIF array_position(p_kids, v_row.kid) IS NULL THEN
    v_reason := 'key_unknown';
    PERFORM otp.audit(v_now, p_tenant, 'key_unknown', v_row.user_id, p_client, p_purpose, p_run, p_step,
      v_row.challenge_id, p_ip, jsonb_build_object('kid', v_row.kid));
  ELSE
    -- The subject's lock is that of this row, too.
    SELECT hits INTO v_failures FROM otp.budgets
      WHERE tenant = p_tenant AND scope = 'failures' AND key = v_row.subject;
    v_since := v_now - p_failure_seconds * 1000::bigint;
    v_failures := coalesce(v_failures, '{}');
    IF v_failures[1] <= v_since THEN
      v_failures := ARRAY(SELECT h FROM unnest(v_failures) AS h WHERE h > v_since ORDER BY h);
    END IF;
    IF cardinality(v_failures) >= p_failure_max THEN
      v_retry := otp.window_full_until(v_failures, p_failure_seconds, p_failure_max, v_now);
    ELSIF cardinality(v_failures) > 0 THEN
      v_retry := (SELECT v_failures[cardinality(v_failures)] + w.seconds * 1000::bigint
        FROM unnest(p_wait_after, p_wait_seconds) AS w(after, seconds)
        WHERE w.after <= cardinality(v_failures) ORDER BY w.after DESC LIMIT 1);
    END IF;
    IF v_now < v_retry THEN
      v_reason := 'wait';
      v_outcome := 'rejected';
    ELSE
      v_retry := NULL;
      IF p_length IS DISTINCT FROM v_row.length OR v_row.alphabet <> ALL (p_alphabets) THEN
        v_reason := 'malformed';
        UPDATE otp.challenges SET malformed = malformed + 1,
            state = CASE WHEN malformed >= p_max_malformed THEN 'locked' ELSE state END,
            sealed = CASE WHEN malformed >= p_max_malformed THEN NULL ELSE sealed END
          WHERE challenge_id = v_row.challenge_id;
        IF v_row.malformed < p_max_malformed THEN
          v_outcome := 'rejected';
        ELSE
          v_attempt := v_row.attempts;
        END IF;
      ELSE
        v_attempt := v_row.attempts + 1;
        v_digest := p_digests[array_position(p_kids, v_row.kid)];
        IF NOT v_row.decoy AND v_row.user_id IS NOT NULL
          AND sha256(otp.lp('otp/v1/challenge'::text) || otp.lp(v_row.challenge_id) || otp.lp(v_row.user_id) || otp.lp(v_digest))
            = v_row.mac THEN
          v_outcome := 'confirmed';
          UPDATE otp.challenges SET attempts = v_attempt, state = 'confirmed', sealed = NULL
            WHERE challenge_id = v_row.challenge_id;
        ELSE
          v_reason := 'wrong_code';
          IF v_attempt < v_row.max_attempts THEN v_outcome := 'rejected'; END IF;
          UPDATE otp.challenges SET attempts = v_attempt,
              state = CASE WHEN v_attempt < max_attempts THEN state ELSE 'locked' END,
              sealed = CASE WHEN v_attempt < max_attempts THEN sealed END
            WHERE challenge_id = v_row.challenge_id;
          INSERT INTO otp.budgets (tenant, scope, key, hits, touched_at)
            VALUES (p_tenant, 'failures', v_row.subject, otp.append_hit(v_failures, p_failure_max, v_now), v_now)
            ON CONFLICT (tenant, scope, key) DO UPDATE SET hits = excluded.hits, touched_at = excluded.touched_at;
          IF cardinality(v_failures) + 1 >= p_failure_max THEN v_exhausted := v_exhausted || 'failures'::text; END IF;
        END IF;
      END IF;
    END IF;
  END IF;

  INSERT INTO otp.attempts VALUES (p_tenant, p_attempt, p_kids[1], sha256(v_said || otp.lp(p_digests[1])), v_outcome, v_retry,
    v_now, CASE WHEN v_outcome = 'confirmed' THEN v_row.challenge_id END,
    CASE WHEN v_outcome = 'confirmed' THEN v_row.user_id END, greatest(v_now, v_row.expires_at));
  INSERT INTO onceflow.audit_events
      (tenant, at_ms, event, user_id, client_id, purpose, run_id, step_id, challenge_id, ip_class, details)
    VALUES (p_tenant, v_now, CASE WHEN v_reason IS NULL THEN 'confirmed' ELSE 'confirm_failed' END,
      -- What tells of the caller tells nothing of the challenge's user.
      CASE WHEN v_reason IN ('unknown', 'foreign', 'network_budget', 'client_budget') THEN p_user ELSE v_row.user_id END,
      p_client, p_purpose, p_run, p_step, v_row.challenge_id, p_ip,
      CASE WHEN v_reason IS NULL THEN jsonb_build_object('attemptNumber', v_attempt)
        ELSE jsonb_build_object('reason', v_reason,
          'attemptNumber', CASE WHEN v_reason = 'wrong_code' THEN v_attempt END) END);
  IF v_attempt IS NOT NULL AND v_outcome = 'refused' THEN
    PERFORM otp.audit(v_now, p_tenant, 'locked', v_row.user_id, p_client, p_purpose, p_run, p_step, v_row.challenge_id,
      p_ip, jsonb_build_object('attemptNumber', v_attempt));
  END IF;
  FOREACH v_scope IN ARRAY v_exhausted LOOP
    PERFORM otp.audit(v_now, p_tenant, 'budget_exhausted', CASE v_scope WHEN 'failures' THEN v_row.user_id ELSE p_user END,
      p_client, p_purpose, p_run, p_step, v_row.challenge_id, p_ip, jsonb_build_object('scope', v_scope));
  END LOOP;
  IF v_outcome = 'confirmed' THEN
    RETURN (v_outcome, NULL::bigint, v_now, v_row.challenge_id, v_row.user_id);
  END IF;
  RETURN (v_outcome, v_retry, v_now, NULL::text, NULL::text);
END $$;
`;
