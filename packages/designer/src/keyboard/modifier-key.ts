/** The sign of the key that goes with shortcuts: ⌘ on Apple's systems, Ctrl elsewhere. */
export function modifierKey(): string {
  return /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "") ? "⌘" : "Ctrl ";
}
