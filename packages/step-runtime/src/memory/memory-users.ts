import type { User, Users } from "../ports/users.ts";

/** Users in memory; names match after NFKC, trimmed and without case. */
export function createMemoryUsers(users: readonly User[]): Users {
  const byId = new Map(users.map((user) => [user.id, user]));
  const byName = new Map(users.map((user) => [normalise(user.userName), user]));
  return {
    find: async (nameOrId) => byId.get(nameOrId) ?? byName.get(normalise(nameOrId)) ?? null,
    list: async () => users,
  };
}

function normalise(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
