import { userKey } from "../ports/user-key.ts";
import type { User, Users } from "../ports/users.ts";

/** Users in memory. */
export function createMemoryUsers(users: readonly User[]): Users {
  // Of two alike the first counts.
  const inReverse = users.toReversed();
  const byId = new Map(inReverse.map((user) => [user.id, user]));
  const byIdKey = new Map(inReverse.map((user) => [userKey(user.id), user]));
  const byName = new Map(inReverse.map((user) => [userKey(user.userName), user]));
  return {
    async find(nameOrId) {
      const key = userKey(nameOrId);
      return key === null ? null : (byId.get(nameOrId) ?? byIdKey.get(key) ?? byName.get(key) ?? null);
    },
    list: async () => users,
  };
}
