import type { ReactElement } from "react";
import { demoTexts } from "./demo-texts.ts";
import type { Preferences } from "./use-preferences.ts";

/** Switches language and light. */
export function PreferenceControls({ locale, setLocale, dark, setDark }: Preferences): ReactElement {
  const texts = demoTexts(locale);
  return (
    <>
      <label>
        {texts.language}
        <select value={locale} onChange={({ target }) => setLocale(target.value === "fr" ? "fr" : "en")}>
          <option value="en">English</option>
          <option value="fr">Français</option>
        </select>
      </label>
      <label>
        <input type="checkbox" checked={dark} onChange={({ target }) => setDark(target.checked)} />
        {texts.dark}
      </label>
    </>
  );
}
