import { Drop, Liquid, type Template } from "liquidjs";
import type { Model, ModelValue } from "../step/model.ts";
import { StepFailure } from "../step/step-failure.ts";
import { readSecret, Secret, secretMask } from "../step/secret.ts";
import { longestRenderedText, templateLimits } from "../step/template-limits.ts";

const liquid = new Liquid(templateLimits);

/** A parsed Liquid template. Secrets print as `••••••`; in test mode an issued one prints its digits and makes the text an issued secret. */
export type CompiledTemplate = (model: Model) => string | Secret;

/**
 * Parses a Liquid template.
 *
 * @throws Error with the place of the syntax error.
 */
export function compileTemplate(source: string): CompiledTemplate {
  const template: Template[] = liquid.parse(source);
  return (model) => {
    let revealed = false;
    const scope = printable(model, () => {
      revealed = true;
    });
    const text = String(liquid.renderSync(template, scope as object));
    if (text.length > longestRenderedText) {
      throw new StepFailure(
        "template-too-large",
        `A template made more than ${longestRenderedText} characters. Put less into it.`,
      );
    }
    return revealed ? new Secret("issued", text) : text;
  };
}

class PrintableSecret extends Drop {
  readonly #print: () => string;
  constructor(print: () => string) {
    super();
    this.#print = print;
  }
  override valueOf(): string {
    return this.#print();
  }
}

/** The model with secrets replaced by what a template may print of them; shares what holds none. */
function printable(value: ModelValue, onReveal: () => void): unknown {
  if (value instanceof Secret) {
    const digits = value.kind === "issued" ? readSecret(value) : null;
    if (digits === null) return secretMask;
    return new PrintableSecret(() => {
      onReveal();
      return typeof digits === "string" ? digits : JSON.stringify(digits);
    });
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((entry: ModelValue) => printable(entry, onReveal));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, printable(entry, onReveal)]));
}
