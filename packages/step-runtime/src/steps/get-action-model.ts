import * as z from "zod";
import { matchesType } from "../step/value-type.ts";
import { defineStep } from "../step/define-step.ts";
import type { Model } from "../step/model.ts";
import { readSecret, Secret } from "../step/secret.ts";
import { flag } from "../step/settings/flag.ts";

/** Starts a dataflow with the component's current data. */
export const getActionModel = defineStep({
  type: "get-action-model",
  group: "input",
  title: { en: "Get action model", fr: "Obtenir le modèle d’action" },
  help: {
    en: "Starts the dataflow with the current values of the component’s definitions, under “data”.",
    fr: "Démarre le flux avec les valeurs actuelles des définitions du composant, sous « data ».",
  },
  useCases: [
    {
      en: "The first step of a dataflow that a button on the page starts.",
      fr: "La première étape d’un flux lancé par un bouton de la page.",
    },
  ],
  exceptions: [
    {
      en: "A value of the wrong type, or for a definition that does not exist, leaves by “invalid”; unfollowed, the run fails and names the definition.",
      fr: "Une valeur du mauvais type, ou pour une définition inexistante, sort par « non valide » ; sans suite, l’exécution échoue et nomme la définition.",
    },
  ],
  icon: "M5.5 2.5C4 2.5 4 4 4 5.2 4 6.6 3.6 7.6 2.5 8c1.1.4 1.5 1.4 1.5 2.8 0 1.2 0 2.7 1.5 2.7M10.5 2.5C12 2.5 12 4 12 5.2c0 1.4.4 2.4 1.5 2.8-1.1.4-1.5 1.4-1.5 2.8 0 1.2 0 2.7-1.5 2.7M6.5 8h3",
  sources: "none",
  settings: z.object({
    validateInputValues: flag(true, {
      title: { en: "Validate input values", fr: "Valider les valeurs d’entrée" },
      help: {
        en: "Checks each value against its definition’s type.",
        fr: "Vérifie chaque valeur selon le type de sa définition.",
      },
    }),
  }),
  outcomes: {
    ok: { title: { en: "ok", fr: "ok" } },
    invalid: {
      title: { en: "invalid", fr: "non valide" },
      help: { en: "a value has the wrong type", fr: "une valeur est du mauvais type" },
      failsAs: "invalid-input",
    },
  },
  changes: (_settings, component) => ({
    adds: [
      { path: "data", type: "object" },
      ...component.definitions.map(({ name, type, secret }) => ({
        path: /^[^.[\]"]+$/.test(name) ? `data.${name}` : `data[${JSON.stringify(name)}]`,
        type: secret ? ("secret" as const) : ("any" as const),
        title: type,
        mayBeMissing: true,
      })),
    ],
  }),
  summary: (settings, { locale, component }) => {
    const names = component.definitions.map(({ name }) => name);
    const shown = names.length > 3 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(", ");
    const checks = settings["validateInputValues"] !== false;
    if (names.length === 0)
      return locale.startsWith("fr")
        ? "Démarre le flux ; aucune définition"
        : "Starts the dataflow; no definitions yet";
    if (locale.startsWith("fr")) return checks ? `Lit ${shown} et vérifie sa valeur` : `Lit ${shown}`;
    return checks ? `Reads ${shown} and checks ${names.length > 1 ? "their values" : "its value"}` : `Reads ${shown}`;
  },
  run({ settings, input, component, exit }) {
    const declared: Record<string, Model[string]> = {};
    for (const { name } of component.definitions) declared[name] = input[name] ?? null;
    if (settings.validateInputValues) {
      const unknown = Object.keys(input).find((name) => !Object.hasOwn(declared, name));
      if (unknown !== undefined) {
        return exit(
          "invalid",
          { data: declared },
          {
            reason: `The input has a value for something that is no definition. Declared: ${Object.keys(declared).join(", ") || "none"}.`,
          },
        );
      }
      for (const { name, type, required } of component.definitions) {
        const value = declared[name] ?? null;
        // A secret that nobody may read was checked where it was made.
        const plain = value instanceof Secret ? readSecret(value) : value;
        if (value === null ? required : plain !== null && !matchesType(plain, type)) {
          const problem = value === null ? "is required and was not sent" : `is not of type ${type}`;
          return exit("invalid", { data: declared }, { reason: `The value of definition "${name}" ${problem}.` });
        }
      }
    }
    return exit("ok", { data: declared });
  },
});
