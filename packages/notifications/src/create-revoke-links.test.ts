import { describe, expect, it } from "vitest";
import { createRevokeLinks } from "./create-revoke-links.ts";
import { createTestBox } from "./testing/test-box.ts";

describe("links that say it was not me", () => {
  const publicUrl = "https://codes.example.test";
  const links = createRevokeLinks({ secretBox: createTestBox(), publicUrl });

  it("lead to their challenge", async () => {
    const url = await links.make("challenge-1");
    expect(url).toMatch(/^https:\/\/codes\.example\.test\/not-me\/[\w-]+$/);
    expect(await links.read(url.slice(`${publicUrl}/not-me/`.length))).toBe("challenge-1");
  });

  it("lead nowhere when somebody else made them", async () => {
    const others = createRevokeLinks({ secretBox: createTestBox("k2"), publicUrl });
    const url = await others.make("challenge-1");
    for (const token of [url.slice(`${publicUrl}/not-me/`.length), "", "challenge-1", "%00", "é"]) {
      expect(await links.read(token)).toBeNull();
    }
  });
});
