/** Challenges, what calls were answered, attempts and budgets. */
export const tables = `
CREATE TABLE otp.challenges (
  challenge_id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  tenant text NOT NULL,
  run_id text NOT NULL,
  step_id text NOT NULL,
  session_id text NOT NULL,
  client_id text NOT NULL,
  purpose text NOT NULL,
  user_id text,
  subject text NOT NULL,
  ip_class text,
  decoy boolean NOT NULL,
  test_mode boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'confirmed', 'locked', 'superseded', 'revoked', 'expired')),
  attempts integer NOT NULL,
  max_attempts integer NOT NULL CHECK (max_attempts BETWEEN 1 AND 10),
  malformed integer NOT NULL DEFAULT 0,
  resends integer NOT NULL,
  first_issued_at bigint NOT NULL,
  alphabet text NOT NULL,
  length integer NOT NULL,
  kid text NOT NULL,
  mac bytea NOT NULL,
  sealed bytea,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  CONSTRAINT attempts_in_range CHECK (attempts BETWEEN 0 AND max_attempts)
) WITH (fillfactor = 80);
CREATE INDEX challenges_slot ON otp.challenges (tenant, session_id, client_id, purpose, seq);
CREATE INDEX challenges_expiry ON otp.challenges USING brin (expires_at);

-- A suppressed issue may answer an older challenge: what a call was answered is kept apart.
CREATE TABLE otp.issues (
  tenant text NOT NULL,
  run_id text NOT NULL,
  idempotency_key text NOT NULL,
  challenge_id text NOT NULL,
  suppressed text,
  resend_available_at bigint NOT NULL,
  over_at bigint NOT NULL,
  PRIMARY KEY (tenant, run_id, idempotency_key)
);
CREATE INDEX issues_over ON otp.issues USING brin (over_at);

CREATE TABLE otp.attempts (
  tenant text NOT NULL,
  attempt_id text NOT NULL,
  kid text NOT NULL,
  fingerprint bytea NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('confirmed', 'rejected', 'refused')),
  retry_at bigint,
  at_ms bigint NOT NULL,
  challenge_id text,
  user_id text,
  over_at bigint NOT NULL,
  PRIMARY KEY (tenant, attempt_id)
);
CREATE INDEX attempts_over ON otp.attempts USING brin (over_at);

-- hits: the times of the last calls, oldest first. active: the challenges of a user, client and purpose that may be active.
CREATE TABLE otp.budgets (
  tenant text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('issues', 'destination', 'failures', 'network-issues', 'network-confirms')),
  key text NOT NULL,
  hits bigint[] NOT NULL DEFAULT '{}',
  active text[] NOT NULL DEFAULT '{}',
  touched_at bigint NOT NULL,
  PRIMARY KEY (tenant, scope, key)
) WITH (fillfactor = 70);

-- A client's calls are counted in 16 rows whose quotas add up to its limit: one row would line up all commits of a client.
CREATE TABLE otp.client_budgets (
  tenant text NOT NULL,
  client_id text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('issue', 'confirm')),
  stripe integer NOT NULL CHECK (stripe BETWEEN 0 AND 15),
  window_start bigint NOT NULL,
  used bigint NOT NULL,
  PRIMARY KEY (tenant, client_id, operation, stripe)
) WITH (fillfactor = 50);
`;
