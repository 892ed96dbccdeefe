/** Calls back at a time, never early. */
export interface Timer {
  /** @returns what takes the call back */
  at(ms: number, callback: () => void): () => void;
}
