import { functionSettings } from "./function-settings.ts";

/** `otp.issue`: one code asked for, or the answer that this call was given before. */
export const issueFunction = String.raw`
CREATE OR REPLACE FUNCTION otp.audit(
  p_now bigint, p_tenant text, p_event text, p_user text, p_client text, p_purpose text, p_run text, p_step text,
  p_challenge text, p_ip text, p_details jsonb DEFAULT '{}'
) RETURNS void LANGUAGE sql
AS $$
  INSERT INTO onceflow.audit_events
    (tenant, at_ms, event, user_id, client_id, purpose, run_id, step_id, challenge_id, ip_class, details)
    VALUES (p_tenant, p_now, p_event, p_user, p_client, p_purpose, p_run, p_step, p_challenge, p_ip, p_details)
$$;

-- Ends the active challenges among these; the ones past their end are expired rather than superseded. One by one: a plan
-- for a list would be made anew each time, or read the whole table.
CREATE OR REPLACE FUNCTION otp.supersede(p_ids text[], p_by text, p_ip text, p_now bigint) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
  v_id text;
  v_old otp.challenges;
BEGIN
  FOREACH v_id IN ARRAY p_ids LOOP
    UPDATE otp.challenges
      SET state = CASE WHEN p_now < expires_at THEN 'superseded' ELSE 'expired' END, sealed = NULL
      WHERE challenge_id = v_id AND state = 'active'
      RETURNING * INTO v_old;
    IF v_old.state = 'superseded' THEN
      PERFORM otp.audit(p_now, v_old.tenant, 'superseded', v_old.user_id, v_old.client_id, v_old.purpose, v_old.run_id,
        v_old.step_id, v_old.challenge_id, p_ip, jsonb_build_object('by', p_by));
    END IF;
  END LOOP;
END $$;

-- Locks challenges in the one order in which several are locked at a time.
CREATE OR REPLACE FUNCTION otp.lock_challenges(p_ids text[]) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
  v_id text;
BEGIN
  FOREACH v_id IN ARRAY ARRAY(SELECT id FROM unnest(p_ids) AS id ORDER BY id) LOOP
    PERFORM 1 FROM otp.challenges WHERE challenge_id = v_id FOR UPDATE;
  END LOOP;
END $$;

-- A challenge as of now: past its end it is expired, and its seal is nobody's.
CREATE OR REPLACE FUNCTION otp.answer_issue(p_row otp.challenges, p_now bigint, p_suppressed text, p_resend_available_at bigint)
RETURNS otp.issue_answer LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  RETURN (p_row.challenge_id, p_row.tenant, p_row.run_id, p_row.step_id, p_row.session_id, p_row.client_id, p_row.purpose,
    p_row.user_id, p_row.decoy, p_row.test_mode,
    CASE WHEN p_row.state = 'active' AND p_row.expires_at <= p_now THEN 'expired' ELSE p_row.state::text END,
    p_row.attempts, p_row.max_attempts::integer, p_row.malformed, p_row.resends, p_row.first_issued_at, p_row.alphabet,
    p_row.length, p_row.kid, CASE WHEN p_row.state = 'active' AND p_now < p_row.expires_at THEN p_row.sealed END,
    p_row.created_at, p_row.expires_at, p_suppressed, p_resend_available_at);
END $$;

CREATE OR REPLACE FUNCTION otp.issue(
  p_tenant text, p_key text, p_run text, p_step text, p_session text, p_client text, p_purpose text, p_ip text,
  p_user text, p_subject text, p_destination text, p_decoy boolean, p_test boolean,
  p_challenge text, p_alphabet text, p_length integer, p_lifetime_ms bigint, p_kid text, p_mac bytea, p_sealed bytea,
  p_max_attempts integer, p_max_active integer, p_cooldown_ms bigint, p_max_resends integer, p_chain_ms bigint,
  p_min_send_ms bigint, p_user_seconds integer[], p_user_max integer[], p_destination_seconds integer[],
  p_destination_max integer[], p_network_seconds integer, p_network_max integer, p_client_seconds integer,
  p_client_max bigint
) RETURNS otp.issue_answer LANGUAGE plpgsql
${functionSettings}
AS $$
DECLARE
  v_key text := p_client || E'\x1f' || p_purpose || E'\x1f' || p_subject;
  v_call bigint := otp.lock_key('issue', p_tenant, p_run || E'\x1f' || p_key);
  v_subject bigint := otp.lock_key('subject', p_tenant, p_subject);
  v_address bigint := otp.lock_key('address', p_tenant, p_destination);
  v_slot bigint := otp.lock_key('slot', p_tenant, p_session || E'\x1f' || p_client || E'\x1f' || p_purpose);
  v_now bigint;
  v_known otp.issues;
  v_hits bigint[];
  v_active text[];
  v_destination bigint[];
  v_network record;
  v_client record;
  v_newest otp.challenges;
  v_row otp.challenges;
  v_suppressed text;
  v_carries boolean;
  v_resend boolean;
  v_expires bigint;
  v_full bigint;
  v_available bigint;
  v_others text[] := '{}';
  v_surplus text[] := '{}';
  v_id text;
  v_scope text;
  v_exhausted text[] := '{}';
BEGIN
  IF NOT pg_try_advisory_xact_lock(v_call) THEN PERFORM pg_advisory_xact_lock(v_call); END IF;
  SELECT * INTO v_known FROM otp.issues WHERE tenant = p_tenant AND run_id = p_run AND idempotency_key = p_key;
  IF FOUND THEN
    SELECT * INTO v_row FROM otp.challenges WHERE challenge_id = v_known.challenge_id;
    -- Not if it was cleaned away a day after it was over: then this is a new call.
    IF FOUND THEN
      v_now := otp.now();
      IF p_test AND v_row.sealed IS NOT NULL AND v_now < v_row.expires_at THEN
        PERFORM otp.audit(v_now, p_tenant, 'test_code_revealed', v_row.user_id, p_client, p_purpose, p_run, p_step,
          v_row.challenge_id, p_ip);
      END IF;
      RETURN otp.answer_issue(v_row, v_now, v_known.suppressed, v_known.resend_available_at);
    END IF;
  END IF;

  IF NOT pg_try_advisory_xact_lock(v_subject) THEN PERFORM pg_advisory_xact_lock(v_subject); END IF;
  -- The user's lock is that of this row, too.
  SELECT hits, active INTO v_hits, v_active FROM otp.budgets
    WHERE tenant = p_tenant AND scope = 'issues' AND key = v_key;
  v_hits := coalesce(v_hits, '{}');
  v_active := coalesce(v_active, '{}');
  IF NOT p_test THEN
    IF NOT pg_try_advisory_xact_lock(v_address) THEN PERFORM pg_advisory_xact_lock(v_address); END IF;
    SELECT hits INTO v_destination FROM otp.budgets
      WHERE tenant = p_tenant AND scope = 'destination' AND key = p_destination;
    v_destination := coalesce(v_destination, '{}');
  END IF;
  IF p_test OR p_ip IS NULL THEN
    SELECT NULL::bigint AS full_until, false AS reached INTO v_network;
  ELSE
    v_network := otp.debit_network(p_tenant, 'network-issues', p_ip, p_network_seconds, p_network_max);
  END IF;
  -- What a network has too much of is not the client's: else one network would spend what all share.
  IF v_network.full_until IS NULL THEN
    v_client := otp.debit_client(p_tenant, p_client, 'issue', p_client_seconds, p_client_max);
  ELSE
    SELECT NULL::bigint AS full_until, false AS reached INTO v_client;
  END IF;
  IF NOT pg_try_advisory_xact_lock(v_slot) THEN PERFORM pg_advisory_xact_lock(v_slot); END IF;
  IF cardinality(v_active) >= p_max_active THEN
    -- Some of these may have to go. Two users who change places in two sessions lock them in one order.
    PERFORM otp.lock_challenges(v_active || ARRAY(
      SELECT challenge_id FROM otp.challenges
        WHERE tenant = p_tenant AND session_id = p_session AND client_id = p_client AND purpose = p_purpose
        ORDER BY seq DESC LIMIT 1));
  END IF;
  SELECT * INTO v_newest FROM otp.challenges
    WHERE tenant = p_tenant AND session_id = p_session AND client_id = p_client AND purpose = p_purpose
    ORDER BY seq DESC LIMIT 1 FOR UPDATE;
  v_now := otp.now();

  -- A new code buys no new guesses, and a chain of codes no longer life. What a limit put in the place of a code may
  -- outlive the chain: it carries nothing past its end, else whoever keeps asking would stay locked for good.
  v_carries := coalesce(v_newest.state <> 'confirmed' AND v_now < v_newest.expires_at
    AND v_now < v_newest.first_issued_at + p_chain_ms, false);
  v_resend := v_carries;
  v_expires := v_now + p_lifetime_ms;
  IF v_resend THEN v_expires := least(v_expires, v_newest.first_issued_at + p_chain_ms); END IF;
  IF p_test AND v_expires < v_now + p_min_send_ms THEN
    v_resend := false;
    v_expires := v_now + p_lifetime_ms;
  END IF;

  IF NOT p_test THEN v_full := otp.windows_full_until(v_hits, p_user_seconds, p_user_max, v_now); END IF;
  v_suppressed := CASE
    WHEN v_network.full_until IS NOT NULL THEN 'network_budget'
    WHEN v_client.full_until IS NOT NULL THEN 'client_budget'
    WHEN p_test THEN NULL
    WHEN v_now < v_hits[cardinality(v_hits)] + p_cooldown_ms THEN 'cooldown'
    WHEN v_resend AND (v_newest.resends >= p_max_resends OR v_expires < v_now + p_min_send_ms) THEN 'resends'
    WHEN v_full IS NOT NULL THEN 'user_budget'
    WHEN otp.windows_full_until(v_destination, p_destination_seconds, p_destination_max, v_now) IS NOT NULL
      THEN 'destination_budget'
  END;

  IF v_network.reached THEN v_exhausted := v_exhausted || 'network'::text; END IF;
  IF v_client.reached THEN v_exhausted := v_exhausted || 'client'::text; END IF;
  IF v_suppressed IS NULL AND NOT p_test THEN
    v_hits := otp.append_hit(v_hits, p_user_max[cardinality(p_user_max)], v_now);
    v_full := otp.windows_full_until(v_hits, p_user_seconds, p_user_max, v_now);
    IF v_full IS NOT NULL THEN v_exhausted := v_exhausted || 'user'::text; END IF;
    v_destination := otp.append_hit(v_destination, p_destination_max[cardinality(p_destination_max)], v_now);
    INSERT INTO otp.budgets (tenant, scope, key, hits, touched_at)
      VALUES (p_tenant, 'destination', p_destination, v_destination, v_now)
      ON CONFLICT (tenant, scope, key) DO UPDATE SET hits = excluded.hits, touched_at = excluded.touched_at;
    IF otp.windows_full_until(v_destination, p_destination_seconds, p_destination_max, v_now) IS NOT NULL THEN
      v_exhausted := v_exhausted || 'destination'::text;
    END IF;
  END IF;

  IF v_suppressed IS NOT NULL AND v_newest.state = 'active' AND v_now < v_newest.expires_at
    AND v_newest.subject = p_subject THEN
    v_row := v_newest;
  ELSE
    v_row.decoy := p_decoy OR v_suppressed IS NOT NULL;
    v_row.attempts := CASE WHEN v_carries THEN least(v_newest.attempts, p_max_attempts) ELSE 0 END;
    v_row.state := CASE WHEN v_row.attempts >= p_max_attempts THEN 'locked' ELSE 'active' END;
    INSERT INTO otp.challenges (challenge_id, tenant, run_id, step_id, session_id, client_id, purpose, user_id, subject,
        ip_class, decoy, test_mode, state, attempts, max_attempts, resends, first_issued_at, alphabet, length, kid, mac,
        sealed, created_at, expires_at)
      VALUES (p_challenge, p_tenant, p_run, p_step, p_session, p_client, p_purpose, p_user, p_subject, p_ip, v_row.decoy,
        p_test, v_row.state, v_row.attempts, p_max_attempts,
        CASE WHEN NOT v_resend THEN 0 WHEN v_suppressed IS NULL THEN v_newest.resends + 1 ELSE v_newest.resends END,
        CASE WHEN v_resend THEN v_newest.first_issued_at ELSE v_now END, p_alphabet, p_length, p_kid,
        CASE WHEN v_suppressed IS NULL THEN p_mac ELSE sha256(p_mac) END,
        CASE WHEN v_row.state = 'active' AND NOT v_row.decoy THEN p_sealed END, v_now,
        CASE WHEN v_suppressed IS NULL THEN v_expires ELSE v_now + p_lifetime_ms END)
      RETURNING * INTO v_row;
    -- Nothing that a limit suppressed takes the place of a code in another session: else whoever asks for codes of
    -- somebody, again and again, would end the one that was mailed.
    IF v_suppressed IS NULL THEN
      v_others := array_remove(v_active, v_newest.challenge_id);
      IF cardinality(v_others) >= p_max_active THEN
        -- They are in the order of their issue; some may be over already.
        v_active := v_others;
        v_others := '{}';
        FOREACH v_id IN ARRAY v_active LOOP
          PERFORM 1 FROM otp.challenges WHERE challenge_id = v_id AND state = 'active' AND v_now < expires_at;
          IF FOUND THEN v_others := v_others || v_id; END IF;
        END LOOP;
        v_surplus := v_others[1:cardinality(v_others) + 1 - p_max_active];
        v_others := v_others[cardinality(v_surplus) + 1:];
      END IF;
      v_active := v_others || p_challenge;
    END IF;
    IF v_newest.state = 'active' THEN v_surplus := v_surplus || v_newest.challenge_id; END IF;
    IF cardinality(v_surplus) > 0 THEN PERFORM otp.supersede(v_surplus, p_challenge, p_ip, v_now); END IF;
  END IF;
  IF v_suppressed IS NULL THEN
    INSERT INTO otp.budgets (tenant, scope, key, hits, active, touched_at)
      VALUES (p_tenant, 'issues', v_key, v_hits, v_active, v_now)
      ON CONFLICT (tenant, scope, key)
        DO UPDATE SET hits = excluded.hits, active = excluded.active, touched_at = excluded.touched_at;
  END IF;

  v_available := coalesce(CASE WHEN NOT p_test THEN v_hits[cardinality(v_hits)] END, v_row.created_at) + p_cooldown_ms;
  -- A budget that is not the user's answers as for a name that nobody asked for: an older time would tell that somebody
  -- did, and when.
  v_available := greatest(v_available, v_full, CASE
    WHEN v_suppressed IN ('network_budget', 'client_budget', 'destination_budget') THEN v_now + p_cooldown_ms END);
  IF NOT p_test AND (v_suppressed = 'resends' OR v_row.resends >= p_max_resends
    OR v_available + p_min_send_ms > v_row.first_issued_at + p_chain_ms) THEN
    v_available := greatest(v_available, v_row.expires_at);
  END IF;
  INSERT INTO otp.issues AS i
    VALUES (p_tenant, p_run, p_key, v_row.challenge_id, v_suppressed, v_available, v_row.expires_at)
    ON CONFLICT (tenant, run_id, idempotency_key) DO UPDATE
      SET challenge_id = excluded.challenge_id, suppressed = excluded.suppressed,
        resend_available_at = excluded.resend_available_at, over_at = excluded.over_at;

  INSERT INTO onceflow.audit_events
      (tenant, at_ms, event, user_id, client_id, purpose, run_id, step_id, challenge_id, ip_class, details)
    VALUES (p_tenant, v_now,
      CASE WHEN v_suppressed IS NOT NULL THEN 'issue_suppressed' WHEN v_resend THEN 'resent' ELSE 'issued' END,
      p_user, p_client, p_purpose, p_run, p_step, v_row.challenge_id, p_ip,
      CASE WHEN v_suppressed IS NOT NULL THEN jsonb_build_object('reason', v_suppressed)
        WHEN v_resend THEN jsonb_build_object('decoy', v_row.decoy, 'resend', v_row.resends)
        ELSE jsonb_build_object('decoy', v_row.decoy) END);
  IF v_row.state = 'locked' AND v_row.challenge_id = p_challenge THEN
    PERFORM otp.audit(v_now, p_tenant, 'locked', p_user, p_client, p_purpose, p_run, p_step, v_row.challenge_id, p_ip,
      jsonb_build_object('attemptNumber', v_row.attempts));
  END IF;
  FOREACH v_scope IN ARRAY v_exhausted LOOP
    PERFORM otp.audit(v_now, p_tenant, 'budget_exhausted', p_user, p_client, p_purpose, p_run, p_step, v_row.challenge_id,
      p_ip, jsonb_build_object('scope', v_scope));
  END LOOP;
  IF p_test AND v_row.sealed IS NOT NULL THEN
    PERFORM otp.audit(v_now, p_tenant, 'test_code_revealed', p_user, p_client, p_purpose, p_run, p_step,
      v_row.challenge_id, p_ip);
  END IF;
  RETURN otp.answer_issue(v_row, v_now, v_suppressed, v_available);
END $$;
`;
