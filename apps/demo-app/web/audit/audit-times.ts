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
  const own = navigator.languages.find((language) => language.startsWith(locale)) ?? locale;
  const day = new Intl.DateTimeFormat(own, { dateStyle: "full" });
  const time = new Intl.DateTimeFormat(own, { timeStyle: "medium" });
  return { day: (ms) => day.format(ms), time: (ms) => time.format(ms) };
}
