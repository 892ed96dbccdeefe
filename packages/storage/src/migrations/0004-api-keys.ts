/** The keys that clients call with, by their SHA-256. Few, and looked up by their id. */
export const apiKeys = `
CREATE TABLE onceflow.api_keys (
  tenant text NOT NULL,
  key_id text NOT NULL,
  client_id text NOT NULL,
  scopes text[] NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  created_at bigint NOT NULL,
  revoked_at bigint,
  added integer GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant, key_id)
);
`;
