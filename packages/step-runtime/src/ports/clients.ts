/** An application that asks for codes. */
export interface Client {
  readonly id: string;
  readonly name: string;
  /** Registered as a test client: one of the gates of test mode. */
  readonly test: boolean;
}

/** The registered clients. */
export interface Clients {
  get(id: string): Promise<Client | null>;
  list(): Promise<readonly Client[]>;
}

/** Where clients are registered. */
export interface ClientRegistry extends Clients {
  /** Adds a client, or replaces the one with this id. */
  put(client: Client): Promise<void>;
}
