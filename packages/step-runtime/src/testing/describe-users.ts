import { describe, expect, it } from "vitest";
import type { User, Users } from "../ports/users.ts";

const dana: User = {
  id: "Emp-A4711",
  userName: "Dana",
  email: "dana@example.test",
  firstName: "Dana",
  lastName: null,
  locale: "fr",
  enabled: true,
  test: false,
};
const eva: User = { ...dana, id: "user-eva", userName: "Éva", enabled: false, email: null, test: true };

/** The contract of the Users port; `create` makes one that has these users. */
export function describeUsers(name: string, create: (users: readonly User[]) => Promise<Users>): void {
  describe(`Users: ${name}`, () => {
    it("lists its users whole, in the order in which they came", async () => {
      expect(await (await create([dana, eva])).list()).toEqual([dana, eva]);
    });

    it.each([
      "Emp-A4711",
      "emp-a4711",
      " EMP-A4711 ",
      "ＥＭＰ-a4711",
      "Dana",
      " DANA\t",
      "ｄａｎａ",
      " ".repeat(316) + "dana",
    ])("finds one user by ID and by name in whatever spelling: %j", async (nameOrId) => {
      expect(await (await create([eva, dana])).find(nameOrId)).toEqual(dana);
    });

    it("finds a name with letters of whatever script", async () => {
      const users = await create([dana, eva]);
      for (const spelling of ["éva", "E\u0301VA"]) expect(await users.find(spelling)).toEqual(eva);
    });

    it.each([
      "",
      " ",
      "nobody",
      "Dan",
      "__proto__",
      "' OR 1=1--",
      "%",
      "Dana\0",
      "\ud800",
      "Dana\r\nBcc: x@example.test",
      // Beyond 320 there are no names: one that was found here could be told from one that nobody has.
      `Dana${" ".repeat(320)}`,
      `Emp-A4711${" ".repeat(320)}`,
      "\ufdfa".repeat(300),
    ])("takes %j literally and finds nobody", async (nameOrId) => {
      expect(await (await create([dana, eva])).find(nameOrId)).toBeNull();
    });

    it("prefers an exact ID to another spelling of one, and an ID to a name", async () => {
      const lower = { ...eva, id: "emp-a4711", userName: "lower" };
      const named = { ...eva, id: "user-named", userName: "user-eva" };
      const users = await create([dana, lower, named, eva]);
      expect(await users.find("emp-a4711")).toEqual(lower);
      expect(await users.find("Emp-A4711")).toEqual(dana);
      expect(await users.find("User-Eva")).toEqual(eva);
      expect(await users.find("EMP-A4711")).toEqual(dana);
    });
  });
}
