/** `otp.issue`: one code asked for, or the answer that this call was given before. */
export const issueFunction = String.raw`
CREATE FUNCTION otp.audit(
  p_now bigint, p_tenant text, p_event text, p_user text, p_client text, p_purpose text, p_run text, p_step text,
  p_challenge text, p_ip text, p_details jsonb DEFAULT '{}'
) RETURNS void LANGUAGE sql
AS $$
  INSERT INTO onceflow.audit_events
    (tenant, at_ms, event, user_id, client_id, purpose, run_id, step_id, challenge_id, ip_class, details)
    VALUES (p_tenant, p_now, p_event, p_user, p_client, p_purpose, p_run, p_step, p_challenge, p_ip, p_details)
$$;

-- Ends the active challenges among these; the ones past their end are expired rather than superseded.
CREATE FUNCTION otp.supersede(p_ids text[], p_by text, p_ip text, p_now bigint) RETURNS void LANGUAGE plpgsql
AS $$
DECLARE
  v_old otp.challenges;
BEGIN
  FOR v_old IN
    SELECT * FROM otp.challenges WHERE challenge_id = ANY (p_ids) AND state = 'active' ORDER BY seq FOR UPDATE
  LOOP
    UPDATE otp.challenges
      SET state = CASE WHEN p_now < v_old.expires_at THEN 'superseded' ELSE 'expired' END, sealed = NULL
      WHERE challenge_id = v_old.challenge_id;
    IF p_now < v_old.expires_at THEN
      PERFORM otp.audit(p_now, v_old.tenant, 'superseded', v_old.user_id, v_old.client_id, v_old.purpose, v_old.run_id,
        v_old.step_id, v_old.challenge_id, p_ip, jsonb_build_object('by', p_by));
    END IF;
  END LOOP;
END $$;

CREATE TYPE otp.issue_answer AS (
  challenge_id text, tenant text, run_id text, step_id text, session_id text, client_id text, purpose text, user_id text,
  decoy boolean, test_mode boolean, state text, attempts integer, max_attempts integer, malformed integer,
  resends integer, first_issued_at bigint, alphabet text, length integer, kid text, sealed bytea, created_at bigint,
  expires_at bigint, suppressed text, resend_available_at bigint
);

-- A challenge as of now: past its end it is expired, and its seal is nobody's.
CREATE FUNCTION otp.answer_issue(p_row otp.challenges, p_now bigint, p_suppressed text, p_resend_available_at bigint)
RETURNS otp.issue_answer LANGUAGE sql IMMUTABLE
AS $$
  SELECT p_row.challenge_id, p_row.tenant, p_row.run_id, p_row.step_id, p_row.session_id, p_row.client_id, p_row.purpose,
    p_row.user_id, p_row.decoy, p_row.test_mode,
    CASE WHEN p_row.state = 'active' AND p_row.expires_at <= p_now THEN 'expired' ELSE p_row.state END,
    p_row.attempts, p_row.max_attempts, p_row.malformed, p_row.resends, p_row.first_issued_at, p_row.alphabet,
    p_row.length, p_row.kid, CASE WHEN p_row.state = 'active' AND p_now < p_row.expires_at THEN p_row.sealed END,
    p_row.created_at, p_row.expires_at, p_suppressed, p_resend_available_at
$$;

CREATE FUNCTION otp.issue(
  p_tenant text, p_key text, p_run text, p_step text, p_session text, p_client text, p_purpose text, p_ip text,
  p_user text, p_subject text, p_destination text, p_decoy boolean, p_test boolean,
  p_challenge text, p_alphabet text, p_length integer, p_lifetime_ms bigint, p_kid text, p_mac bytea, p_sealed bytea,
  p_max_attempts integer, p_max_active integer, p_cooldown_ms bigint, p_max_resends integer, p_chain_ms bigint,
  p_min_send_ms bigint, p_user_seconds integer[], p_user_max integer[], p_destination_seconds integer[],
  p_destination_max integer[], p_network_seconds integer, p_network_max integer, p_client_seconds integer,
  p_client_max bigint
) RETURNS otp.issue_answer LANGUAGE plpgsql
AS $$
DECLARE
  v_key text := p_client || E'\x1f' || p_purpose || E'\x1f' || p_subject;
  v_now bigint;
  v_known otp.issues;
  v_issues otp.budgets;
  v_destination otp.budgets;
  v_network otp.budgets;
  v_client record;
  v_newest otp.challenges;
  v_row otp.challenges;
  v_suppressed text;
  v_resend boolean;
  v_expires bigint;
  v_available bigint;
  v_others text[];
  v_surplus integer;
  v_scope text;
  v_exhausted text[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock(otp.lock_key('issue', p_tenant, p_run, p_key));
  SELECT * INTO v_known FROM otp.issues WHERE tenant = p_tenant AND run_id = p_run AND idempotency_key = p_key;
  IF FOUND THEN
    SELECT * INTO v_row FROM otp.challenges WHERE challenge_id = v_known.challenge_id;
    v_now := otp.now();
    IF p_test AND v_row.sealed IS NOT NULL AND v_now < v_row.expires_at THEN
      PERFORM otp.audit(v_now, p_tenant, 'test_code_revealed', v_row.user_id, p_client, p_purpose, p_run, p_step,
        v_row.challenge_id, p_ip);
    END IF;
    RETURN otp.answer_issue(v_row, v_now, v_known.suppressed, v_known.resend_available_at);
  END IF;

  PERFORM pg_advisory_xact_lock(otp.lock_key('subject', p_tenant, p_subject));
  v_issues := otp.locked_budget(p_tenant, 'issues', v_key);
  IF NOT p_test THEN
    v_destination := otp.locked_budget(p_tenant, 'destination', p_destination);
    IF p_ip IS NOT NULL THEN v_network := otp.locked_budget(p_tenant, 'network-issues', p_ip); END IF;
  END IF;
  v_client := otp.debit_client(p_tenant, p_client, 'issue', p_client_seconds, p_client_max);
  PERFORM pg_advisory_xact_lock(otp.lock_key('slot', p_tenant, p_session, p_client, p_purpose));
  SELECT * INTO v_newest FROM otp.challenges
    WHERE tenant = p_tenant AND session_id = p_session AND client_id = p_client AND purpose = p_purpose
    ORDER BY seq DESC LIMIT 1 FOR UPDATE;
  v_now := otp.now();

  -- A new code buys no new guesses, and a chain of codes no longer life.
  v_resend := v_newest.state <> 'confirmed' AND v_now < v_newest.expires_at
    AND v_now < v_newest.first_issued_at + p_chain_ms;
  v_resend := coalesce(v_resend, false);
  v_expires := v_now + p_lifetime_ms;
  IF v_resend THEN v_expires := least(v_expires, v_newest.first_issued_at + p_chain_ms); END IF;
  IF p_test AND v_expires < v_now + p_min_send_ms THEN
    v_resend := false;
    v_expires := v_now + p_lifetime_ms;
  END IF;

  v_suppressed := CASE
    WHEN otp.window_full_until(v_network.hits, p_network_seconds, p_network_max, v_now) IS NOT NULL THEN 'network_budget'
    WHEN v_client.full_until IS NOT NULL THEN 'client_budget'
    WHEN p_test THEN NULL
    WHEN v_now < v_issues.hits[cardinality(v_issues.hits)] + p_cooldown_ms THEN 'cooldown'
    WHEN v_resend AND (v_newest.resends >= p_max_resends OR v_expires < v_now + p_min_send_ms) THEN 'resends'
    WHEN otp.windows_full_until(v_issues.hits, p_user_seconds, p_user_max, v_now) IS NOT NULL THEN 'user_budget'
    WHEN otp.windows_full_until(v_destination.hits, p_destination_seconds, p_destination_max, v_now) IS NOT NULL
      THEN 'destination_budget'
  END;

  IF v_network.tenant IS NOT NULL AND v_suppressed IS DISTINCT FROM 'network_budget' THEN
    v_network.hits := otp.append_hit(v_network.hits, p_network_max, v_now);
    UPDATE otp.budgets SET hits = v_network.hits, touched_at = v_now
      WHERE tenant = p_tenant AND scope = 'network-issues' AND key = p_ip;
    IF otp.window_full_until(v_network.hits, p_network_seconds, p_network_max, v_now) IS NOT NULL THEN
      v_exhausted := v_exhausted || 'network'::text;
    END IF;
  END IF;
  IF v_client.reached THEN v_exhausted := v_exhausted || 'client'::text; END IF;
  IF v_suppressed IS NULL AND NOT p_test THEN
    v_issues.hits := otp.append_hit(v_issues.hits, p_user_max[cardinality(p_user_max)], v_now);
    IF otp.windows_full_until(v_issues.hits, p_user_seconds, p_user_max, v_now) IS NOT NULL THEN
      v_exhausted := v_exhausted || 'user'::text;
    END IF;
    v_destination.hits := otp.append_hit(v_destination.hits, p_destination_max[cardinality(p_destination_max)], v_now);
    UPDATE otp.budgets SET hits = v_destination.hits, touched_at = v_now
      WHERE tenant = p_tenant AND scope = 'destination' AND key = p_destination;
    IF otp.windows_full_until(v_destination.hits, p_destination_seconds, p_destination_max, v_now) IS NOT NULL THEN
      v_exhausted := v_exhausted || 'destination'::text;
    END IF;
  END IF;

  IF v_suppressed IS NOT NULL AND v_newest.state = 'active' AND v_now < v_newest.expires_at
    AND v_newest.subject = p_subject THEN
    v_row := v_newest;
  ELSE
    v_row.challenge_id := p_challenge;
    v_row.tenant := p_tenant;
    v_row.user_id := p_user;
    v_row.decoy := p_decoy OR v_suppressed IS NOT NULL;
    v_row.test_mode := p_test;
    v_row.attempts := CASE WHEN v_newest.state <> 'confirmed' AND v_now < v_newest.expires_at
      THEN least(v_newest.attempts, p_max_attempts) ELSE 0 END;
    v_row.state := CASE WHEN v_row.attempts >= p_max_attempts THEN 'locked' ELSE 'active' END;
    v_row.malformed := 0;
    v_row.resends := CASE WHEN NOT v_resend THEN 0 WHEN v_suppressed IS NULL THEN v_newest.resends + 1
      ELSE v_newest.resends END;
    v_row.first_issued_at := CASE WHEN v_resend THEN v_newest.first_issued_at ELSE v_now END;
    v_row.sealed := CASE WHEN v_row.state = 'active' AND NOT v_row.decoy THEN p_sealed END;
    v_row.created_at := v_now;
    v_row.expires_at := CASE WHEN v_suppressed IS NULL THEN v_expires ELSE v_now + p_lifetime_ms END;
    INSERT INTO otp.challenges (challenge_id, tenant, run_id, step_id, session_id, client_id, purpose, user_id, subject,
        ip_class, decoy, test_mode, state, attempts, max_attempts, resends, first_issued_at, alphabet, length, kid, mac,
        sealed, created_at, expires_at)
      VALUES (p_challenge, p_tenant, p_run, p_step, p_session, p_client, p_purpose, p_user, p_subject, p_ip, v_row.decoy,
        p_test, v_row.state, v_row.attempts, p_max_attempts, v_row.resends, v_row.first_issued_at, p_alphabet, p_length,
        p_kid, CASE WHEN v_suppressed IS NULL THEN p_mac ELSE sha256(p_mac) END, v_row.sealed, v_now, v_row.expires_at)
      RETURNING * INTO v_row;
    -- The list may still name challenges that are over.
    v_others := CASE WHEN v_newest.challenge_id IS NULL AND cardinality(v_issues.active) < p_max_active
      THEN v_issues.active
      ELSE ARRAY(SELECT c.challenge_id FROM otp.challenges c
        WHERE c.challenge_id = ANY (v_issues.active) AND c.state = 'active' AND v_now < c.expires_at
          AND c.challenge_id IS DISTINCT FROM v_newest.challenge_id ORDER BY c.seq) END;
    v_surplus := greatest(0, cardinality(v_others) + 1 - p_max_active);
    IF v_surplus > 0 OR v_newest.state = 'active' THEN
      PERFORM otp.supersede(v_others[1:v_surplus] || v_newest.challenge_id, p_challenge, p_ip, v_now);
    END IF;
    v_issues.active := v_others[v_surplus + 1:] || p_challenge;
  END IF;
  UPDATE otp.budgets SET hits = v_issues.hits, active = v_issues.active, touched_at = v_now
    WHERE tenant = p_tenant AND scope = 'issues' AND key = v_key;

  v_available := greatest(
    coalesce(v_issues.hits[cardinality(v_issues.hits)], v_row.created_at) + p_cooldown_ms,
    otp.windows_full_until(v_issues.hits, p_user_seconds, p_user_max, v_now));
  IF p_test THEN
    v_available := v_row.created_at + p_cooldown_ms;
  ELSIF v_row.resends >= p_max_resends OR v_available + p_min_send_ms > v_row.first_issued_at + p_chain_ms THEN
    v_available := greatest(v_available, v_row.expires_at);
  END IF;
  INSERT INTO otp.issues VALUES (p_tenant, p_run, p_key, v_row.challenge_id, v_suppressed, v_available, v_row.expires_at);

  PERFORM otp.audit(v_now, p_tenant,
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
