import { useEffect, useState } from "react";

/** What a page loads at its start. */
export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "loaded"; readonly value: T }
  | { readonly state: "failed"; readonly message: string };

/** Loads once; `load` is the page's own function, the same at each render. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  useEffect(() => {
    let gone = false;
    load().then(
      (value) => gone || setLoaded({ state: "loaded", value }),
      (error: unknown) =>
        gone || setLoaded({ state: "failed", message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      gone = true;
    };
  }, [load]);
  return loaded;
}
