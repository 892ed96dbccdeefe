/** Rolling windows, and the budgets of clients. */
export const budgetFunctions = `
CREATE FUNCTION otp.lock_key(p_kind text, VARIADIC p_fields text[]) RETURNS bigint LANGUAGE sql IMMUTABLE
AS $$ SELECT hashtextextended(p_kind || p_fields::text, 0) $$;

-- The time at which a call fits into a rolling window again; null: now.
CREATE FUNCTION otp.window_full_until(p_hits bigint[], p_seconds integer, p_max integer, p_now bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE WHEN cardinality(p_hits) >= p_max AND p_hits[cardinality(p_hits) - p_max + 1] + p_seconds * 1000::bigint > p_now
    THEN p_hits[cardinality(p_hits) - p_max + 1] + p_seconds * 1000::bigint END
$$;

CREATE FUNCTION otp.windows_full_until(p_hits bigint[], p_seconds integer[], p_max integer[], p_now bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$
  SELECT max(otp.window_full_until(p_hits, w.seconds, w.most, p_now)) FROM unnest(p_seconds, p_max) AS w(seconds, most)
$$;

CREATE FUNCTION otp.append_hit(p_hits bigint[], p_most integer, p_now bigint) RETURNS bigint[] LANGUAGE sql IMMUTABLE
AS $$ SELECT (p_hits || p_now)[greatest(1, cardinality(p_hits) + 2 - p_most):] $$;

CREATE FUNCTION otp.locked_budget(p_tenant text, p_scope text, p_key text) RETURNS otp.budgets LANGUAGE plpgsql
AS $$
DECLARE
  v_budget otp.budgets;
BEGIN
  SELECT * INTO v_budget FROM otp.budgets WHERE tenant = p_tenant AND scope = p_scope AND key = p_key FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO otp.budgets (tenant, scope, key, touched_at) VALUES (p_tenant, p_scope, p_key, otp.now())
      ON CONFLICT DO NOTHING;
    SELECT * INTO v_budget FROM otp.budgets WHERE tenant = p_tenant AND scope = p_scope AND key = p_key FOR UPDATE;
  END IF;
  RETURN v_budget;
END $$;


CREATE FUNCTION otp.client_used(p_tenant text, p_client text, p_operation text, p_window bigint) RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT coalesce(sum(used), 0)::bigint FROM otp.client_budgets
    WHERE tenant = p_tenant AND client_id = p_client AND operation = p_operation AND window_start = p_window
$$;

-- Takes one call out of a client's budget. full_until: there is none left before then. reached: it was the last one.
CREATE FUNCTION otp.debit_client(
  p_tenant text, p_client text, p_operation text, p_seconds integer, p_max bigint, OUT full_until bigint, OUT reached boolean
) LANGUAGE plpgsql
AS $$
DECLARE
  v_length bigint := p_seconds * 1000::bigint;
  v_window bigint := otp.now() / v_length * v_length;
  -- Mostly the stripe of this connection has room, and nobody else is at it.
  v_stripe integer := pg_backend_pid() % 16;
  v_used bigint;
  v_rows bigint;
  v_free integer;
BEGIN
  reached := false;
  LOOP
    -- quota = floor((max + stripe) / 16): all of them together are max.
    UPDATE otp.client_budgets b
      SET used = CASE WHEN b.window_start = v_window THEN b.used + 1 ELSE 1 END, window_start = v_window
      WHERE b.tenant = p_tenant AND b.client_id = p_client AND b.operation = p_operation AND b.stripe = v_stripe
        AND (p_max + b.stripe) / 16 > CASE WHEN b.window_start = v_window THEN b.used ELSE 0 END
      RETURNING b.used INTO v_used;
    IF FOUND THEN
      IF v_used >= (p_max + v_stripe) / 16 THEN
        reached := otp.client_used(p_tenant, p_client, p_operation, v_window) >= p_max;
      END IF;
      RETURN;
    END IF;
    -- One statement, so one view: a client without rows is new, one without room has none left.
    SELECT count(*), min(b.stripe) FILTER (
        WHERE (p_max + b.stripe) / 16 > CASE WHEN b.window_start = v_window THEN b.used ELSE 0 END)
      INTO v_rows, v_free FROM otp.client_budgets b
      WHERE b.tenant = p_tenant AND b.client_id = p_client AND b.operation = p_operation;
    IF v_rows = 0 THEN
      INSERT INTO otp.client_budgets
        SELECT p_tenant, p_client, p_operation, s, v_window, 0 FROM generate_series(0, 15) AS s
        ON CONFLICT DO NOTHING;
    ELSIF v_free IS NULL THEN
      full_until := v_window + v_length;
      RETURN;
    ELSE
      v_stripe := v_free;
    END IF;
  END LOOP;
END $$;
`;
