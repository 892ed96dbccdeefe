import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/** Challenges, what calls were answered, attempts, budgets, and what issues and confirms. */
export const oneTimeCodes = `
-- Checks of one column are of its domain: PostgreSQL reads a table's CHECK again in every statement, a domain's once.
CREATE DOMAIN otp.challenge_state AS text
  CHECK (VALUE IN ('active', 'confirmed', 'locked', 'superseded', 'revoked', 'expired'));
CREATE DOMAIN otp.attempt_limit AS integer CHECK (VALUE BETWEEN 1 AND 10);
CREATE DOMAIN otp.attempt_outcome AS text CHECK (VALUE IN ('confirmed', 'rejected', 'refused'));
CREATE DOMAIN otp.budget_scope AS text
  CHECK (VALUE IN ('issues', 'destination', 'failures', 'network-issues', 'network-confirms'));
CREATE DOMAIN otp.client_operation AS text CHECK (VALUE IN ('issue', 'confirm'));
CREATE DOMAIN otp.client_stripe AS integer CHECK (VALUE BETWEEN 0 AND 15);

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
  state otp.challenge_state NOT NULL,
  attempts integer NOT NULL,
  max_attempts otp.attempt_limit NOT NULL,
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
  outcome otp.attempt_outcome NOT NULL,
  retry_at bigint,
  at_ms bigint NOT NULL,
  challenge_id text,
  user_id text,
  over_at bigint NOT NULL,
  PRIMARY KEY (tenant, attempt_id)
);
CREATE INDEX attempts_over ON otp.attempts USING brin (over_at);

-- hits: the times of the last calls, oldest first. active: the challenges of a user, client and purpose that may be active;
-- the ones that a limit put in the place of a code are not among them.
CREATE TABLE otp.budgets (
  tenant text NOT NULL,
  scope otp.budget_scope NOT NULL,
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
  operation otp.client_operation NOT NULL,
  stripe otp.client_stripe NOT NULL,
  window_start bigint NOT NULL,
  used bigint NOT NULL,
  PRIMARY KEY (tenant, client_id, operation, stripe)
) WITH (fillfactor = 50);

CREATE TYPE otp.issue_answer AS (
  challenge_id text, tenant text, run_id text, step_id text, session_id text, client_id text, purpose text, user_id text,
  decoy boolean, test_mode boolean, state text, attempts integer, max_attempts integer, malformed integer,
  resends integer, first_issued_at bigint, alphabet text, length integer, kid text, sealed bytea, created_at bigint,
  expires_at bigint, suppressed text, resend_available_at bigint
);

CREATE TYPE otp.confirm_answer AS (outcome text, retry_at bigint, at_ms bigint, challenge_id text, user_id text);
${oneTimeCodeFunctions}`;
