import { sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Runs, what they wait for, and who drives them. What a run holds (input, answers, results, state, response, events) is
 * sealed; ids, statuses and times are not. All times are milliseconds since 1970 by the database's clock.
 */
const base = `
CREATE FUNCTION runs.now() RETURNS bigint LANGUAGE sql VOLATILE
  AS 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

CREATE TABLE runs.components (
  digest bytea PRIMARY KEY,
  document text NOT NULL
);

CREATE TABLE runs.runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text NOT NULL,
  run_id text NOT NULL,
  component bytea NOT NULL REFERENCES runs.components,
  component_id text NOT NULL,
  dataflow_id text NOT NULL,
  client_id text NOT NULL,
  user_id text,
  status text NOT NULL CHECK (status IN ('running', 'suspended', 'completed', 'failed', 'cancelled')),
  segment integer NOT NULL DEFAULT 1,
  tries integer NOT NULL DEFAULT 0,
  tries_at_event integer NOT NULL DEFAULT 0,
  cancelled boolean NOT NULL DEFAULT false,
  journal boolean NOT NULL DEFAULT true,
  started_at bigint NOT NULL,
  ended_at bigint,
  deadline bigint NOT NULL,
  sealed_caller bytea NOT NULL,
  sealed_start bytea,
  sealed_result bytea,
  CONSTRAINT runs_run_id UNIQUE (tenant, run_id)
);
CREATE INDEX runs_listed ON runs.runs (tenant, id DESC);
CREATE INDEX runs_ended ON runs.runs (journal, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX runs_overdue ON runs.runs (deadline) WHERE status = 'suspended';

CREATE TABLE runs.waits (
  run bigint NOT NULL REFERENCES runs.runs ON DELETE CASCADE,
  segment integer NOT NULL,
  token_hash bytea NOT NULL,
  deadline bigint,
  winner text CHECK (winner IN ('answer', 'timeout', 'cancel', 'deadline', 'version-gone')),
  answer_hash bytea,
  events integer NOT NULL,
  sealed_question bytea,
  sealed_checkpoint bytea,
  sealed_resumption bytea,
  PRIMARY KEY (run, segment)
);
CREATE INDEX waits_due ON runs.waits (deadline) WHERE winner IS NULL AND deadline IS NOT NULL;

CREATE TABLE runs.events (
  run bigint NOT NULL REFERENCES runs.runs ON DELETE CASCADE,
  seq integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (run, seq)
);

CREATE TABLE runs.intents (
  run bigint NOT NULL REFERENCES runs.runs ON DELETE CASCADE,
  step text NOT NULL,
  PRIMARY KEY (run, step)
);

CREATE TABLE runs.workers (
  tenant text NOT NULL,
  slot integer NOT NULL,
  holder uuid,
  version text NOT NULL,
  heartbeat bigint NOT NULL,
  PRIMARY KEY (tenant, slot)
);
`;

/** Until when a segment begins that a process said it would begin itself; tries are counted by what is recorded. */
const beginBy = `
ALTER TABLE runs.runs ADD COLUMN begin_by bigint;
-- tries_at_event stays for workers of the version before, until they are stopped.
ALTER TABLE runs.runs ADD COLUMN tries_at_record integer NOT NULL DEFAULT 0;
CREATE INDEX runs_unbegun ON runs.runs (begin_by) WHERE begin_by IS NOT NULL;
`;

/** Every step from an empty database to the one that this version needs, by name in the order in which they run. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-runs": { up: async (db) => void (await sql.raw(base).execute(db)) },
  "0002-begin-by": { up: async (db) => void (await sql.raw(beginBy).execute(db)) },
};
