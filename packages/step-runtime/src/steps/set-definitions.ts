import * as z from "zod";
import { defineStep } from "../step/define-step.ts";
import { readSecret, Secret } from "../step/secret.ts";
import { definitionValues } from "../step/settings/values.ts";
import { StepFailure } from "../step/step-failure.ts";
import { matchesType } from "../step/value-type.ts";
import { quoteSetting } from "./quote-setting.ts";

/** Stores values in the component's definitions. */
export const setDefinitions = defineStep({
  type: "set-definitions",
  group: "model-transformation",
  title: { en: "Set definitions", fr: "Renseigner les définitions" },
  help: {
    en: "Stores values in definitions of the component, where modals, the page and the response find them.",
    fr: "Range des valeurs dans les définitions du composant, où fenêtres, page et réponse les trouvent.",
  },
  useCases: [
    { en: "A script’s result for a modal to show.", fr: "Le résultat d’un script, à montrer dans une fenêtre." },
  ],
  exceptions: [
    {
      en: "A value of the wrong type fails the run and names the definition.",
      fr: "Une valeur du mauvais type fait échouer l’exécution et nomme la définition.",
    },
  ],
  icon: "M8 2v6.5M5.3 6 8 8.7 10.7 6M2.5 9.5v3a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-3",
  settings: z.object({
    values: definitionValues({
      title: { en: "Values", fr: "Valeurs" },
      help: { en: "A value for each definition to set.", fr: "Une valeur pour chaque définition à renseigner." },
    }),
  }),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  changes: (settings) => ({
    adds: Object.keys(asObject(settings["values"])).map((name) => ({ path: `data.${name}`, type: "any" as const })),
  }),
  summary: (settings, { locale }) => {
    const entries = Object.entries(asObject(settings["values"]));
    const [first] = entries;
    if (!first) return null;
    const more = entries.length > 1 ? ` +${entries.length - 1}` : "";
    return locale.startsWith("fr")
      ? `Met ${quoteSetting(first[1])} dans ${first[0]}${more}`
      : `Sets ${first[0]} from ${quoteSetting(first[1])}${more}`;
  },
  run({ settings, component, stepId, exit }) {
    for (const [name, value] of Object.entries(settings.values)) {
      const definition = component.definitions.find((candidate) => candidate.name === name);
      if (!definition)
        throw new StepFailure(
          "unknown-definition",
          `Step "${stepId}" sets "${name}", which the component does not define.`,
        );
      const plain = value instanceof Secret ? readSecret(value) : value;
      if (plain !== null && !matchesType(plain, definition.type)) {
        throw new StepFailure(
          "wrong-type",
          `Step "${stepId}" sets definition "${name}" to a value that is not of type ${definition.type}.`,
        );
      }
    }
    return exit("ok", { data: settings.values });
  },
});

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
