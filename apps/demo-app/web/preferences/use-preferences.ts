import { useEffect, useState } from "react";
import type { DemoLocale } from "./demo-texts.ts";

/** The language and the light of a page. */
export interface Preferences {
  readonly locale: DemoLocale;
  readonly setLocale: (locale: DemoLocale) => void;
  readonly dark: boolean;
  readonly setDark: (dark: boolean) => void;
}

/** From the address (`?lang=fr`, `?theme=dark`), else from the browser; both can be switched. */
export function usePreferences(): Preferences {
  const [locale, setLocale] = useState(readLocale);
  const [dark, setDark] = useState(readDark);
  useEffect(() => {
    const root = document.documentElement;
    root.lang = locale;
    root.style.colorScheme = dark ? "dark" : "light";
    // Mantine's styles ask for this attribute.
    root.dataset["mantineColorScheme"] = dark ? "dark" : "light";
  }, [locale, dark]);
  return { locale, setLocale, dark, setDark };
}

function readLocale(): DemoLocale {
  const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  return wanted.toLowerCase().startsWith("fr") ? "fr" : "en";
}

function readDark(): boolean {
  const wanted = new URLSearchParams(location.search).get("theme");
  if (wanted === "dark" || wanted === "light") return wanted === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
