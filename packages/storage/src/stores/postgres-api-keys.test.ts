import { describeApiKeys } from "@onceflow/step-runtime/testing";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { readEverything } from "../one-time-codes/testing/read-everything.ts";
import { createTestDatabase } from "../testing/test-database.ts";
import { createPostgresApiKeys } from "./postgres-api-keys.ts";
import { createPostgresAuditLog } from "./postgres-audit-log.ts";

const tenant = "default";

async function openKeys() {
  const database = await createTestDatabase(inject("postgresUrl"));
  onTestFinished(() => database.close());
  return { database, apiKeys: createPostgresApiKeys(database, { tenant }) };
}

describeApiKeys("postgres", async () => (await openKeys()).apiKeys);

describe("the API keys in PostgreSQL", () => {
  it("are in no row, neither whole nor their secret part, in whatever form", async () => {
    const { database, apiKeys } = await openKeys();
    const { key, keyId } = await apiKeys.create({ clientId: "portal", scopes: ["execute"] });
    expect(await apiKeys.find(key)).not.toBeNull();
    await apiKeys.revoke(keyId);
    const secret = key.slice(key.indexOf(keyId) + keyId.length + 1);
    const bytes = Buffer.from(secret, "base64url");
    const dump = JSON.stringify(await readEverything(database), (_name, value: unknown) =>
      value instanceof Object && "type" in value && value.type === "Buffer" && "data" in value
        ? Buffer.from(value.data as number[]).toString("hex")
        : value,
    );
    expect(dump).toContain(keyId);
    for (const form of [
      key,
      secret,
      bytes.toString("hex"),
      bytes.toString("base64"),
      Buffer.from(key).toString("hex"),
    ]) {
      expect(dump).not.toContain(form);
    }
  });

  it("belong to one tenant", async () => {
    const { database, apiKeys } = await openKeys();
    const { key, keyId } = await apiKeys.create({ clientId: "portal", scopes: ["execute"] });
    const others = createPostgresApiKeys(database, { tenant: "other" });
    expect(await others.find(key)).toBeNull();
    expect(await others.list()).toEqual([]);
    expect(await others.revoke(keyId)).toBe(false);
    expect(await apiKeys.find(key)).not.toBeNull();
  });

  it("are audited when they are made and when they are revoked, once", async () => {
    const { database, apiKeys } = await openKeys();
    const { keyId } = await apiKeys.create({ clientId: "portal", scopes: ["execute", "author"] });
    await Promise.all([apiKeys.revoke(keyId), apiKeys.revoke(keyId)]);
    expect(await createPostgresAuditLog(database, { tenant }).list({ limit: 10 })).toMatchObject([
      { event: "api_key_revoked", clientId: "portal", details: { keyId } },
      { event: "api_key_added", clientId: "portal", details: { keyId, scopes: ["execute", "author"] } },
    ]);
  });
});
