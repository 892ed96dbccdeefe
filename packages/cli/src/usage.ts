/** What `onceflow --help` prints. */
export const usage = `Usage:
  onceflow validate FILE… [--json]
      Checks component files. One problem a line: file:line:col severity code message.
      Exit code 0: no error, 1: some.
  onceflow run FILE --dataflow ID [--dataflow ID …] [--input JSON|@file] [--user NAME]
               [--client ID] [--users @file] [--answers JSON|@file] [--test-mode] [--json]
      Runs dataflows in order, in one session in memory; each --input belongs to the
      --dataflow before it. {"$issuedCode":"last"|"previous"|"wrong"} stands for a code.
      --answers is an array of { "outcome": …, "value": {…} } for the modals that ask.
      Exit code 0: completed, 1: failed, 3: waits for an answer.
  onceflow format FILE…
      Prints component files canonically, in place.
  onceflow serve [--port N] [--data DIR] [--test-mode]
      The server, at http://127.0.0.1:4310 unless --port (0: any free one) or PORT says
      otherwise, until SIGTERM. Its database is in the data folder unless DATABASE_URL names
      one. Needs keys (onceflow key new), SMTP_URL and MAIL_FROM; takes PUBLIC_URL, ROLE and
      TRUSTED_PROXIES, the reverse proxies whose X-Forwarded-For counts.
      --test-mode shows the codes of test users to test clients, and needs no mail server.

Administration, also while the server runs. --data DIR is the server's data folder (default:
DATA_DIR, else ./data); DATABASE_URL, KEY_FILE and ONCEFLOW_TENANT count as for the server.
Exit code 0: done, 1: cannot be done.
  onceflow client add ID --scopes author,execute,operate [--test] [--data DIR]
      Registers a client, or gives an existing one a further API key. Prints the key, this once.
  onceflow client list [--data DIR]
      The clients and the IDs of their keys.
  onceflow client revoke KEY-ID [--data DIR]
      Ends a key.
  onceflow user add NAME [--email ADDRESS] [--test] [--disabled] [--data DIR]
      Adds a user and prints the ID.
  onceflow user unlock NAME [--data DIR]
      Lets a user (name or ID) try codes again at once.
  onceflow run list [--status STATUS] [--component ID] [--limit N] [--json] [--data DIR]
      The runs there are, newest first. STATUS: pending, running, suspended, completed, failed
      or cancelled. (A component file of the name list is ./list.)
  onceflow run show ID [--json] [--data DIR]
      Where a run stands and what its steps came to; nothing of what it holds.
  onceflow run cancel ID [--data DIR]
      Ends a run after the step that it is in.
  onceflow key new [--data DIR]
      Makes the key file (default: the data folder's name with .keys behind it).
  onceflow key rotate [--data DIR]
      Adds a key to the key file and makes it the current one. Codes made before keep working;
      restart the server to use it.
  onceflow database url [--data DIR]
      The address of a running server's database, with the password, for psql and backups.
`;

/** A call that cannot be understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
