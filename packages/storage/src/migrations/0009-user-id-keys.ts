/** IDs of users are found in whatever spelling, as names are. An older version adds users without a key: by their ID only. */
export const userIdKeys = `
ALTER TABLE onceflow.users ADD COLUMN id_key text;
UPDATE onceflow.users SET id_key = lower(btrim(id));
CREATE INDEX users_id_key ON onceflow.users (tenant, id_key);
`;
