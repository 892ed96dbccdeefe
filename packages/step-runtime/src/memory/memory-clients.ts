import type { Client, Clients } from "../ports/clients.ts";

/** Registered clients in memory. */
export function createMemoryClients(clients: readonly Client[]): Clients {
  const byId = new Map(clients.map((client) => [client.id, client]));
  return { get: async (id) => byId.get(id) ?? null, list: async () => clients };
}
