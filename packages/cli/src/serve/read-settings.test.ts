import { describe, expect, it } from "vitest";
import { readSettings } from "./read-settings.ts";

describe("readSettings", () => {
  it("takes port 4310 unless told otherwise", () => {
    expect(readSettings({})).toMatchObject({ port: 4310 });
    expect(readSettings({ PORT: "0", NODE_ENV: "test" })).toMatchObject({ port: 0, nodeEnv: "test" });
  });

  it("takes a variable that is set to nothing for one that is not set", () => {
    const names =
      "PORT PUBLIC_URL TRUSTED_PROXIES NODE_ENV DATA_DIR DATABASE_URL KEY_RING KEY_FILE SMTP_URL MAIL_FROM ONCEFLOW_TENANT ROLE";
    expect(readSettings(Object.fromEntries(names.split(" ").map((name) => [name, ""])))).toEqual(readSettings({}));
  });

  it.each([
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

  it.each([
    "https://codes.example.com",
    "https://codes.example.com/",
    "http://127.0.0.1:4310",
    "https://CODES.test:443",
  ])("takes the PUBLIC_URL %s", (publicUrl) => {
    expect(readSettings({ PUBLIC_URL: publicUrl })).toMatchObject({ publicUrl });
  });

  it.each(["/codes", "/?a=b", "?", "#top", "/codes/"])(
    "refuses a PUBLIC_URL with %s behind its host, which would be cut off, and says how it is written",
    (rest) => {
      expect(() => readSettings({ PUBLIC_URL: `https://codes.example.com${rest}` })).toThrow(
        expect.objectContaining({
          code: "invalid-setting",
          message: expect.stringMatching(/PUBLIC_URL .*: https:\/\/codes\.example\.com\.$/) as unknown,
        }),
      );
    },
  );

  it.each(["https://eva:4711@codes.example.com", "https://4711@codes.example.com", "eva:4711@codes.example.com"])(
    "refuses a PUBLIC_URL with credentials, and does not repeat them",
    (publicUrl) => {
      expect(() => readSettings({ PUBLIC_URL: publicUrl })).toThrow(
        expect.objectContaining({
          code: "invalid-setting",
          message: expect.not.stringContaining("4711") as unknown,
        }),
      );
    },
  );

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
