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
`;

/** A call that cannot be understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
