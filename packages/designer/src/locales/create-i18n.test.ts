import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, it } from "vitest";
import { createI18n } from "./create-i18n.ts";
import { en } from "./en.ts";
import { enPanels } from "./en-panels.ts";
import { fr } from "./fr.ts";
import { frPanels } from "./fr-panels.ts";

const catalogs = { en: { ...en, ...enPanels }, fr: { ...fr, ...frPanels } };

/** The names of the values in a compiled message, also those inside the texts of its plurals. */
function valueNames(message: string): string {
  const names = new Set<string>();
  const collect = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return;
    for (const token of tokens) {
      if (!Array.isArray(token)) continue;
      const [name, , branches] = token as readonly unknown[];
      if (typeof name === "string") names.add(name);
      if (typeof branches === "object" && branches !== null) Object.values(branches).forEach(collect);
    }
  };
  collect(compileMessage(message));
  return [...names].toSorted((a, b) => a.localeCompare(b)).join();
}

describe("the catalogs", () => {
  it.each(["en", "fr"] as const)("holds only readable messages in %s", (locale) => {
    const unreadable = Object.entries(catalogs[locale]).filter(([, message]) => {
      try {
        // A syntax error makes lingui fall back to the raw text, braces and all.
        return typeof compileMessage(message, (text) => text) === "string" && message.includes("{");
      } catch {
        return true;
      }
    });
    expect(unreadable).toEqual([]);
  });

  it("has the same values in both languages", () => {
    const different = Object.keys(catalogs.en).filter((id) => {
      const key = id as keyof typeof catalogs.en;
      return valueNames(catalogs.en[key]) !== valueNames(catalogs.fr[key]);
    });
    expect(different).toEqual([]);
  });

  it("counts in words", () => {
    expect(createI18n("en").t("bar.problems", { count: 1 })).not.toBe(createI18n("en").t("bar.problems", { count: 2 }));
  });
});
