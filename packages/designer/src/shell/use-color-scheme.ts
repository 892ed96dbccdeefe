import { useSyncExternalStore } from "react";
import type { ColorScheme } from "../store/designer-context.tsx";

const query = "(prefers-color-scheme: dark)";

/** Light or dark; `auto` follows the system while it changes. */
export function useColorScheme(wish: ColorScheme | "auto"): ColorScheme {
  const system = useSyncExternalStore(subscribe, read, () => "light" as const);
  return wish === "auto" ? system : wish;
}

function subscribe(listener: () => void): () => void {
  const media = globalThis.matchMedia?.(query);
  media?.addEventListener("change", listener);
  return () => media?.removeEventListener("change", listener);
}

function read(): ColorScheme {
  return globalThis.matchMedia?.(query).matches ? "dark" : "light";
}
