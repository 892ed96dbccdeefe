/** Randomness and ids; in memory engines it is seeded. */
export interface Random {
  uuid(): string;
}
