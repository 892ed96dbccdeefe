import { afterEach, describe, expect, it, vi } from "vitest";
import { auditTimes } from "./audit-times.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("auditTimes", () => {
  it("writes days as the reader does where they are", () => {
    vi.stubGlobal("navigator", { languages: ["de-DE", "en-GB", "en"] });
    expect(auditTimes("en").day(Date.UTC(2026, 10, 26, 12))).toContain("26 November 2026");
  });

  it("writes them in the page's language for a browser that calls its own by no name of the web", () => {
    vi.stubGlobal("navigator", { languages: ["en-US@posix"] });
    expect(auditTimes("en").day(Date.UTC(2026, 10, 26, 12))).toContain("November 26, 2026");
  });
});
