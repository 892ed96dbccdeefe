import { type JsonValue, readSecret, Secret, type SecretKind } from "@onceflow/step-runtime";

/** A value of a run as text, secrets included: to be sealed, never to be shown. Maps and undefined do not survive. */
export function printState(value: unknown): string {
  const tagged = new WeakSet();
  return JSON.stringify(value, function (this: Record<string, unknown>, key, shown: unknown) {
    // A secret prints as its mask before it comes here; its holder still has it.
    const original = this[key];
    if (original instanceof Secret) return tag({ $secret: [original.kind, readSecret(original)] });
    if (isObject(shown) && !tagged.has(shown) && isTagged(shown)) return tag({ $object: Object.entries(shown) });
    return shown;
  });

  function tag(object: object): object {
    tagged.add(object);
    return object;
  }
}

/** The value of a text that {@link printState} made. */
export function readState(text: string): unknown {
  // Most have no mark, and a text that has one inside a value only takes longer.
  if (!text.includes('"$secret"') && !text.includes('"$object"')) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isObject(value) || !isTagged(value)) return value;
    if (Object.hasOwn(value, "$object")) {
      return Object.fromEntries((value as { readonly $object: readonly [string, unknown][] }).$object);
    }
    const [kind, secret] = (value as { readonly $secret: readonly [SecretKind, JsonValue] }).$secret;
    return new Secret(kind, secret);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

function isTagged(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === "$secret" || keys[0] === "$object");
}
