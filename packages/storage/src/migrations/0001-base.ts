/** The clock of everything that decides by time: the database's own, read when asked and not when the transaction began. */
export const clockBody = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/** Components, users, clients and the audit trail. */
export const base = `
CREATE SCHEMA otp;

CREATE FUNCTION otp.now() RETURNS bigint LANGUAGE sql VOLATILE AS $clock$${clockBody}$clock$;

CREATE TABLE onceflow.components (
  tenant text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  stored_at bigint NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (tenant, id, version)
);

CREATE TABLE onceflow.users (
  tenant text NOT NULL,
  id text NOT NULL,
  user_name text NOT NULL,
  name_key text NOT NULL,
  email text,
  first_name text,
  last_name text,
  locale text,
  enabled boolean NOT NULL,
  test boolean NOT NULL,
  added integer GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant, id),
  CONSTRAINT users_name_key UNIQUE (tenant, name_key)
);

CREATE TABLE onceflow.clients (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  test boolean NOT NULL,
  added integer GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE onceflow.audit_events (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text NOT NULL,
  at_ms bigint NOT NULL,
  event text NOT NULL,
  user_id text,
  client_id text,
  purpose text,
  run_id text,
  step_id text,
  challenge_id text,
  ip_class text,
  details jsonb NOT NULL DEFAULT '{}'
);
-- Each confirm writes here: one further index for the question that operators ask most, none for the others.
CREATE INDEX audit_events_user ON onceflow.audit_events (tenant, user_id, seq) WHERE user_id IS NOT NULL;
`;
