import { localize, type LocalizedText } from "@onceflow/step-runtime";

/** A text with other words in one language; a text that had no languages stays so. */
export function withText(
  text: LocalizedText | undefined,
  locale: string,
  words: string,
): string | Record<string, string> {
  if (text === undefined || typeof text === "string") return words;
  return { ...text, [languageOf(text, locale)]: words };
}

/** What a person edits: the text as it is shown. */
export function textOf(text: LocalizedText | undefined, locale: string): string {
  return text === undefined ? "" : localize(text, locale);
}

function languageOf(text: Readonly<Record<string, string>>, locale: string): string {
  const language = locale.split("-", 1)[0] ?? locale;
  return locale in text ? locale : language;
}
