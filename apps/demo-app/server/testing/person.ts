import type { User } from "@onceflow/step-runtime";

/** A test user with a mailbox of their own. */
export function person(index: number, changes: Partial<User> = {}): User {
  return {
    id: `u-${index}`,
    userName: `person-${index}`,
    email: `person-${index}@example.test`,
    firstName: null,
    lastName: null,
    locale: index % 2 ? "fr" : "en",
    enabled: true,
    test: true,
    ...changes,
  };
}
