/** Rolling windows, and the budgets of networks and clients. */
export const budgetFunctions = String.raw`
CREATE OR REPLACE FUNCTION otp.lock_key(p_kind text, p_tenant text, p_id text) RETURNS bigint LANGUAGE sql IMMUTABLE
AS $$ SELECT hashtextextended(p_kind || E'\x1f' || p_tenant || E'\x1f' || p_id, 0) $$;

-- The time at which a call fits into a rolling window again; null: now.
CREATE OR REPLACE FUNCTION otp.window_full_until(p_hits bigint[], p_seconds integer, p_max integer, p_now bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE WHEN p_hits[cardinality(p_hits) - p_max + 1] + p_seconds * 1000::bigint > p_now
    THEN p_hits[cardinality(p_hits) - p_max + 1] + p_seconds * 1000::bigint END
$$;

-- The same for several windows, the one with the smallest limit first.
CREATE OR REPLACE FUNCTION otp.windows_full_until(p_hits bigint[], p_seconds integer[], p_max integer[], p_now bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
  v_latest bigint;
BEGIN
  FOR v_index IN 1..cardinality(p_max) LOOP
    EXIT WHEN cardinality(p_hits) < p_max[v_index];
    v_latest := greatest(v_latest, otp.window_full_until(p_hits, p_seconds[v_index], p_max[v_index], p_now));
  END LOOP;
  RETURN v_latest;
END $$;

-- One more call; of the others only as many are kept as windows look back to.
CREATE OR REPLACE FUNCTION otp.append_hit(p_hits bigint[], p_most integer, p_now bigint) RETURNS bigint[] LANGUAGE sql IMMUTABLE
AS $$ SELECT p_hits[greatest(1, cardinality(p_hits) + 2 - coalesce(p_most, 1)):] || p_now $$;

-- Takes one call out of a network's budget. full_until: there is none left before then. reached: it was the last one.
-- The clock is read while the row is locked, which it is even if it stays as it was; each time it is asked it may say a
-- little more, which does no harm.
CREATE OR REPLACE FUNCTION otp.debit_network(
  p_tenant text, p_scope text, p_network text, p_seconds integer, p_max integer, OUT full_until bigint, OUT reached boolean
) LANGUAGE plpgsql
AS $$
BEGIN
  reached := false;
  LOOP
    INSERT INTO otp.budgets AS b (tenant, scope, key, hits, touched_at)
      VALUES (p_tenant, p_scope, p_network, ARRAY[otp.now()], otp.now())
      ON CONFLICT (tenant, scope, key) DO UPDATE
        SET hits = otp.append_hit(b.hits, p_max, otp.now()), touched_at = excluded.touched_at
        WHERE otp.window_full_until(b.hits, p_seconds, p_max, otp.now()) IS NULL
      RETURNING otp.window_full_until(b.hits, p_seconds, p_max, b.touched_at) IS NOT NULL INTO reached;
    EXIT WHEN FOUND;
    reached := false;
    SELECT otp.window_full_until(hits, p_seconds, p_max, otp.now()) INTO full_until FROM otp.budgets
      WHERE tenant = p_tenant AND scope = p_scope AND key = p_network;
    EXIT WHEN full_until IS NOT NULL;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION otp.client_used(p_tenant text, p_client text, p_operation text, p_window bigint) RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT coalesce(sum(used), 0)::bigint FROM otp.client_budgets
    WHERE tenant = p_tenant AND client_id = p_client AND operation = p_operation AND window_start = p_window
$$;

-- Takes one call out of a client's budget. full_until: there is none left before then. reached: it was the last one.
-- quota of a stripe = floor((max + stripe) / 16): all of them together are max. Whoever is at a stripe holds its advisory
-- lock, so that the others go on to the next one instead of waiting for its commit.
CREATE OR REPLACE FUNCTION otp.debit_client(
  p_tenant text, p_client text, p_operation text, p_seconds integer, p_max bigint, OUT full_until bigint, OUT reached boolean
) LANGUAGE plpgsql
AS $$
DECLARE
  v_length bigint := p_seconds * 1000::bigint;
  v_window bigint := otp.now() / v_length * v_length;
  v_lock text := p_operation || E'\x1f' || p_client || E'\x1f' || p_tenant;
  -- Mostly the stripe of this connection has room, and nobody else is at it.
  v_stripes integer[] := ARRAY[pg_backend_pid() % 16];
  v_stripe integer;
  v_wait boolean := false;
  v_rows bigint;
  v_free integer[];
  v_used bigint;
BEGIN
  reached := false;
  LOOP
    FOREACH v_stripe IN ARRAY v_stripes LOOP
      IF v_wait THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(v_lock, v_stripe));
      ELSE
        CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended(v_lock, v_stripe));
      END IF;
      -- A window never goes back: whoever waited into the next one is counted there.
      UPDATE otp.client_budgets b
        SET used = CASE WHEN b.window_start >= v_window THEN b.used + 1 ELSE 1 END,
          window_start = greatest(b.window_start, v_window)
        WHERE b.tenant = p_tenant AND b.client_id = p_client AND b.operation = p_operation AND b.stripe = v_stripe
          AND (p_max + b.stripe) / 16 > CASE WHEN b.window_start >= v_window THEN b.used ELSE 0 END
        RETURNING b.used INTO v_used;
      IF FOUND THEN
        IF v_used >= (p_max + v_stripe) / 16 THEN
          reached := otp.client_used(p_tenant, p_client, p_operation, v_window) >= p_max;
        END IF;
        RETURN;
      END IF;
    END LOOP;
    v_window := otp.now() / v_length * v_length;
    -- One statement, so one view: a client without rows is new, one without room has none left.
    SELECT count(*), array_agg(b.stripe::integer ORDER BY b.stripe) FILTER (
        WHERE (p_max + b.stripe) / 16 > CASE WHEN b.window_start >= v_window THEN b.used ELSE 0 END)
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
      -- Others are at all that have room. What they leave is seen by waiting for one of them, and by looking again
      -- before waiting for a second one: its holder may wait for the first.
      v_wait := v_free <@ v_stripes;
      v_stripes := CASE WHEN v_wait THEN v_free[1:1] ELSE v_free END;
    END IF;
  END LOOP;
END $$;
`;
