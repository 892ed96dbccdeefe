import type { Clock, RunQuestion, SecretBox } from "@onceflow/step-runtime";

const prefix = "run_";
const context = "run-token";
/** How long a token lives whose question has no time limit. */
const lifetimeMs = 3_600_000;
/** How long it outlives the question, so that its holder still reads how the run ended. */
const graceMs = 300_000;

/** What lets an end user answer one run, and nothing else. */
export interface RunTokens {
  /** The token of a run for the question that it waits with, as text that fits into a URL. */
  make(runId: string, question: Pick<RunQuestion, "deadline">): Promise<string>;
  /** The run that a token is of; null for one that is over or was not made here. */
  read(token: string): Promise<{ readonly runId: string } | null>;
}

/** Run tokens: sealed, so that nobody makes or changes one, and nothing is stored. */
export function createRunTokens({ secretBox, clock }: { secretBox: SecretBox; clock: Clock }): RunTokens {
  return {
    async make(runId, { deadline }) {
      const expiresAt = (deadline ?? clock.now() + lifetimeMs) + graceMs;
      const sealed = await secretBox.seal(new TextEncoder().encode(JSON.stringify([runId, expiresAt])), context);
      return prefix + Buffer.from(sealed).toString("base64url");
    },
    async read(token) {
      if (!token.startsWith(prefix)) return null;
      const plain = await secretBox.open(Buffer.from(token.slice(prefix.length), "base64url"), context);
      if (plain === null) return null;
      const [runId, expiresAt] = JSON.parse(new TextDecoder().decode(plain)) as [string, number];
      return clock.now() < expiresAt ? { runId } : null;
    },
  };
}
