import { describe, expect, it } from "vitest";
import { createMemoryUsers } from "./memory-users.ts";
import { sampleUsers } from "./sample-users.ts";

describe("createMemoryUsers", () => {
  const users = createMemoryUsers(sampleUsers);

  it.each(["user-demo", "demo", " DEMO ", "ｄｅｍｏ"])("finds the user by ID or name: %j", async (nameOrId) => {
    expect(await users.find(nameOrId)).toMatchObject({ id: "user-demo" });
  });

  it.each(["", "nobody", "__proto__", "' OR 1=1--", "%", "demo\r\nBcc: x@example.test"])(
    "takes %j literally and finds nobody",
    async (name) => {
      expect(await users.find(name)).toBeNull();
    },
  );

  it("prefers an exact ID to a name", async () => {
    const [demo, alice] = sampleUsers;
    if (!demo || !alice) throw new Error("The samples are gone.");
    const found = await createMemoryUsers([{ ...alice, userName: "user-demo" }, demo]).find("user-demo");
    expect(found?.id).toBe("user-demo");
  });
});
