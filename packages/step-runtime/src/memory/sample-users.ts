import type { Client } from "../ports/clients.ts";
import type { User } from "../ports/users.ts";

/** Users for previews, the CLI and tests: two on the test list, one disabled, one without an address. */
export const sampleUsers: readonly User[] = [
  sampleUser("demo", { firstName: "Dana", lastName: "Moreau", locale: "en", test: true }),
  sampleUser("alice", { firstName: "Alice", lastName: "Laurent", locale: "fr", test: true }),
  sampleUser("disabled", { firstName: "Denis", lastName: "Absent", enabled: false }),
  sampleUser("noaddress", { firstName: "Nora", lastName: "Sansadresse", email: null }),
];

/** Clients for previews, the CLI and tests. */
export const sampleClients: readonly Client[] = [
  { id: "digital-workplace", name: "Digital Workplace", test: true },
  { id: "portal", name: "Portal", test: false },
];

function sampleUser(userName: string, more: Partial<User>): User {
  return {
    id: `user-${userName}`,
    userName,
    email: `${userName}@example.test`,
    firstName: null,
    lastName: null,
    locale: "en",
    enabled: true,
    test: false,
    ...more,
  };
}
