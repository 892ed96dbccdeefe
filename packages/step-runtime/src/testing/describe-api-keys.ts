import { describe, expect, it } from "vitest";
import type { ApiKeys } from "../ports/api-keys.ts";

/** The contract of the ApiKeys port. */
export function describeApiKeys(name: string, create: () => Promise<ApiKeys>): void {
  describe(`ApiKeys: ${name}`, () => {
    it("finds client and scopes by the key that was made", async () => {
      const apiKeys = await create();
      const { keyId, key } = await apiKeys.create({ clientId: "portal", scopes: ["execute", "operate"] });
      expect(key).toContain(keyId);
      expect(await apiKeys.find(key)).toEqual({ keyId, clientId: "portal", scopes: ["execute", "operate"] });
    });

    it("keeps the keys of one client apart", async () => {
      const apiKeys = await create();
      const author = await apiKeys.create({ clientId: "portal", scopes: ["author"] });
      const operator = await apiKeys.create({ clientId: "portal", scopes: ["operate"] });
      expect(await apiKeys.find(author.key)).toMatchObject({ keyId: author.keyId, scopes: ["author"] });
      expect(await apiKeys.find(operator.key)).toMatchObject({ keyId: operator.keyId, scopes: ["operate"] });
    });

    it("finds nobody by a changed, swapped, foreign or malformed key", async () => {
      const apiKeys = await create();
      const { key, keyId } = await apiKeys.create({ clientId: "portal", scopes: ["execute"] });
      const other = await apiKeys.create({ clientId: "portal", scopes: ["execute"] });
      const foreign = await (await create()).create({ clientId: "portal", scopes: ["execute"] });
      const secret = (text: string, id: string) => text.slice(text.indexOf(id) + id.length);
      const changed = `${key.slice(0, -2)}${key.at(-2) === "A" ? "B" : "A"}${key.at(-1) ?? ""}`;
      const swapped = key.replace(secret(key, keyId), secret(other.key, other.keyId));
      for (const wrong of [changed, swapped, foreign.key, keyId, key.slice(1), `${key}A`, ` ${key}`, "", "\0", "é"]) {
        expect(await apiKeys.find(wrong), wrong).toBeNull();
      }
    });

    it("ends a key by its id, once and for good, and no other", async () => {
      const apiKeys = await create();
      const [one, other] = [
        await apiKeys.create({ clientId: "portal", scopes: ["execute"] }),
        await apiKeys.create({ clientId: "portal", scopes: ["execute"] }),
      ];
      expect(await apiKeys.revoke(one.keyId)).toBe(true);
      expect(await apiKeys.find(one.key)).toBeNull();
      expect(await apiKeys.find(other.key)).not.toBeNull();
      expect(await apiKeys.revoke(one.keyId)).toBe(false);
      expect(await apiKeys.revoke("0123456789abcdef")).toBe(false);
    });

    it("lists all keys, the oldest first, with nothing that opens anything", async () => {
      const apiKeys = await create();
      const one = await apiKeys.create({ clientId: "portal", scopes: ["author"] });
      const other = await apiKeys.create({ clientId: "kiosk", scopes: ["execute"] });
      await apiKeys.revoke(one.keyId);
      expect(await apiKeys.list()).toEqual([
        {
          keyId: one.keyId,
          clientId: "portal",
          scopes: ["author"],
          createdAtMs: expect.any(Number),
          revokedAtMs: expect.any(Number),
        },
        {
          keyId: other.keyId,
          clientId: "kiosk",
          scopes: ["execute"],
          createdAtMs: expect.any(Number),
          revokedAtMs: null,
        },
      ]);
    });
  });
}
