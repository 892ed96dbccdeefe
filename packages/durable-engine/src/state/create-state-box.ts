import type { SecretBox } from "@onceflow/step-runtime";
import { printState, readState } from "./state-text.ts";

/** What was stored of a run cannot be opened. */
export class StateUnreadableError extends Error {
  override readonly name = "StateUnreadableError";
  readonly code = "state-unreadable";
  constructor() {
    super("What is stored of this run cannot be opened: it was changed, or its key was dropped.");
  }
}

/** Seals values of runs; each opens only for the run and the place that it was sealed for. */
export interface StateBox {
  seal(value: unknown, place: string): Promise<Buffer>;
  /** @throws StateUnreadableError */
  open<T>(sealed: Uint8Array | null, place: string): Promise<T>;
}

/** A box of one run. */
export function createStateBox(secretBox: SecretBox, run: string): StateBox {
  return {
    async seal(value, place) {
      return Buffer.from(await secretBox.seal(new TextEncoder().encode(printState(value)), `${run}/${place}`));
    },
    async open<T>(sealed: Uint8Array | null, place: string): Promise<T> {
      const plain = sealed === null ? null : await secretBox.open(sealed, `${run}/${place}`);
      if (plain === null) throw new StateUnreadableError();
      return readState(new TextDecoder().decode(plain)) as T;
    },
  };
}
