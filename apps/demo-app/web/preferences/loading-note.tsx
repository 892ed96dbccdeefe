import type { ReactElement } from "react";
import { type DemoLocale, demoTexts } from "./demo-texts.ts";
import type { Loaded } from "./use-loaded.ts";
import "./loading-note.css";

/** What stands in place of a page that is not there yet, or will not be. */
export function LoadingNote({
  loaded,
  locale,
}: {
  readonly loaded: Exclude<Loaded<unknown>, { state: "loaded" }>;
  readonly locale: DemoLocale;
}): ReactElement {
  const texts = demoTexts(locale);
  if (loaded.state === "loading") return <p className="loading-note">{texts.loading}</p>;
  return (
    <p className="loading-note" role="alert">
      {texts.broken} {loaded.message}
    </p>
  );
}
