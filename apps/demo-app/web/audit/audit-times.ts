import type { DemoLocale } from "../preferences/demo-texts.ts";

/** How times read where the reader is. */
export interface AuditTimes {
  /** Such as `26 November 2026`. */
  day(ms: number): string;
  /** To the second. */
  time(ms: number): string;
}

/** The reader's own way to write times, as far as it is of the page's language. */
export function auditTimes(locale: DemoLocale): AuditTimes {
  const own = navigator.languages.find((language) => language.startsWith(locale) && isLanguageTag(language)) ?? locale;
  const day = new Intl.DateTimeFormat(own, { dateStyle: "full" });
  const time = new Intl.DateTimeFormat(own, { timeStyle: "medium" });
  return { day: (ms) => day.format(ms), time: (ms) => time.format(ms) };
}

/** Chromium says `en-US@posix` where the machine's locale is C, and `Intl` throws at it. */
function isLanguageTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
