import type { User } from "@onceflow/step-runtime";

/** Each request is another user's: nobody's budget of codes is spent. */
export const httpUsers: readonly User[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: `user-${index}`,
  userName: `name-${index}`,
  email: `name-${index}@example.test`,
  firstName: "Dana",
  lastName: "Moreau",
  locale: "en",
  enabled: true,
  test: true,
}));
