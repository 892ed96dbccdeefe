import { isPath } from "./path.ts";

/** A place in a setting's value that is not literal, or means to be. */
export type SettingExpression = {
  /** The keys that lead to it inside the value. */
  readonly keys: readonly string[];
} & (
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "template"; readonly template: string }
  | {
      readonly kind: "malformed";
      readonly code: "invalid-path" | "invalid-template" | "unknown-expression";
      readonly problem: string;
    }
);

/** Finds `$path` and `$template` at any depth of a setting's value; what stands under `$value` is literal. */
export function settingExpressions(value: unknown, keys: readonly string[] = []): readonly SettingExpression[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => settingExpressions(entry, [...keys, String(index)]));
  const names = Object.keys(value);
  const dollar = names.find((name) => name.startsWith("$"));
  if (dollar === undefined) {
    return Object.entries(value).flatMap(([name, entry]) => settingExpressions(entry, [...keys, name]));
  }
  return dollar === "$value" && names.length === 1
    ? []
    : [readExpression(dollar, names, value as Readonly<Record<string, unknown>>, keys)];
}

/** The value as it is when no expression is in it: `$value` taken away. */
export function literalSetting(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(literalSetting);
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === "$value") return (value as { readonly $value: unknown }).$value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, literalSetting(entry)]));
}

function readExpression(
  dollar: string,
  names: readonly string[],
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): SettingExpression {
  const malformed = (
    code: "invalid-path" | "invalid-template" | "unknown-expression",
    problem: string,
  ): SettingExpression => ({
    keys,
    kind: "malformed",
    code,
    problem,
  });
  const inner = value[dollar];
  if (dollar !== "$path" && dollar !== "$template" && dollar !== "$value") {
    const known = 'Known are "$path", "$template" and "$value"';
    return malformed(
      "unknown-expression",
      `has the unknown key "${dollar}". ${known}; write { "$value": … } around a literal with such a key.`,
    );
  }
  if (names.length > 1) {
    return malformed(
      "unknown-expression",
      `has other keys beside "${dollar}". Leave "${dollar}" alone in its object, or write { "$value": … } around a literal.`,
    );
  }
  if (dollar === "$template") {
    if (typeof inner === "string") return { keys, kind: "template", template: inner };
    return malformed(
      "invalid-template",
      'has a "$template" that is not a text. Write one such as "Hello {{ _user.firstName }}".',
    );
  }
  if (typeof inner === "string" && isPath(inner)) return { keys, kind: "path", path: inner };
  return malformed("invalid-path", 'has a "$path" that is not a path. Write one such as "data.userName".');
}
