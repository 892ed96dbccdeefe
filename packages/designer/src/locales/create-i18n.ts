import { type I18n, setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { en } from "./en.ts";
import { enPanels } from "./en-panels.ts";
import { fr } from "./fr.ts";
import { frPanels } from "./fr-panels.ts";
import type { MessageId, MessageValues } from "./message-id.ts";

/** The languages of the designer. */
export type DesignerLocale = "en" | "fr";

/** Says a message in the designer's language. */
export type Translate = (id: MessageId, values?: MessageValues) => string;

const catalogs: Readonly<Record<DesignerLocale, Readonly<Record<MessageId, string>>>> = {
  en: { ...en, ...enPanels },
  fr: { ...fr, ...frPanels },
};

/** Creates a translator for a language; each designer has its own. */
export function createI18n(locale: DesignerLocale): { readonly i18n: I18n; readonly t: Translate } {
  const i18n = setupI18n({ locale, messages: { [locale]: catalogs[locale] } });
  // Catalogs hold ICU texts; they are compiled the first time they are shown.
  i18n.setMessagesCompiler(compileMessage);
  return { i18n, t: (id, values) => i18n._(id, values) };
}
