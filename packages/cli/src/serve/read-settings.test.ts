import { describe, expect, it } from "vitest";
import { readSettings } from "./read-settings.ts";

describe("readSettings", () => {
  it("takes port 4310 unless told otherwise", () => {
    expect(readSettings({})).toMatchObject({ port: 4310 });
    expect(readSettings({ PORT: "0", NODE_ENV: "test" })).toMatchObject({ port: 0, nodeEnv: "test" });
  });

  it.each([
    { PORT: "" },
    { PORT: "-1" },
    { PORT: "65536" },
    { PORT: "http" },
    { PUBLIC_URL: "codes" },
    { TRUSTED_PROXIES: "nginx" },
    { PUBLIC_URL: "ftp://codes.test" },
    { PUBLIC_URL: "localhost:4310" },
  ])("refuses %o", (environment) => {
    expect(() => readSettings(environment)).toThrow(expect.objectContaining({ code: "invalid-setting" }));
  });

  it("trusts no proxy unless told so", () => {
    expect(readSettings({}).trustedProxies.check("127.0.0.1")).toBe(false);
    expect(readSettings({ TRUSTED_PROXIES: "" }).trustedProxies.check("127.0.0.1")).toBe(false);
    expect(readSettings({ TRUSTED_PROXIES: "127.0.0.1" }).trustedProxies.check("127.0.0.1")).toBe(true);
  });

  it("has a role among processes only where they share a database", () => {
    const DATABASE_URL = "postgres://127.0.0.1/codes";
    expect(readSettings({}).role).toBe("all");
    expect(readSettings({ ROLE: "web", DATABASE_URL }).role).toBe("web");
    for (const settings of [{ ROLE: "web" }, { ROLE: "boss", DATABASE_URL }]) {
      expect(() => readSettings(settings)).toThrow(expect.objectContaining({ code: "invalid-setting" }));
    }
  });
});
