/** A text a person sees: the same in every language, or one per language (fallback: `en`, then the first). */
export type LocalizedText = string | { readonly [locale: string]: string };

/** The text in a locale; `fr-CA` falls back to `fr`, then `en`, then the first. */
export function localize(text: LocalizedText, locale: string): string {
  if (typeof text === "string") return text;
  return text[locale] ?? text[locale.split("-", 1)[0] ?? ""] ?? text["en"] ?? Object.values(text)[0] ?? "";
}
