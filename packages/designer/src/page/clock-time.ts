/** The hour and minute of an ISO time where the person is, such as `10:47`; null when it is none. */
export function clockTime(iso: string, locale: string): string | null {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return null;
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}
