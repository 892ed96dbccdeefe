import * as z from "zod";
import { defineStep } from "../step/define-step.ts";
import { flag } from "../step/settings/flag.ts";
import { value } from "../step/settings/values.ts";
import { wholeNumber } from "../step/settings/whole-number.ts";

/** Answers the caller; usually the last step. */
export const writeResponse = defineStep({
  type: "write-response",
  group: "output",
  title: { en: "Write response", fr: "Écrire une réponse" },
  help: {
    en: "Returns the result to the caller. Without a value: the declared definitions, with what people typed masked.",
    fr: "Renvoie le résultat à l’appelant. Sans valeur : les définitions déclarées, les saisies étant masquées.",
  },
  useCases: [
    { en: "The end of every path that a caller waits for.", fr: "La fin de chaque chemin qu’un appelant attend." },
  ],
  exceptions: [
    { en: "The first response that a run reaches counts.", fr: "La première réponse atteinte par l’exécution compte." },
    { en: "The signed proof is not available yet.", fr: "La preuve signée n’est pas encore disponible." },
  ],
  icon: "M6.5 3 2.5 7l4 4M2.5 7h6.5c2.5 0 4.5 2 4.5 4.5V13",
  respondsToCaller: true,
  settings: z.object({
    value: value({
      title: { en: "Value", fr: "Valeur" },
      help: { en: "Left out: the declared definitions.", fr: "Absente : les définitions déclarées." },
    }),
    status: wholeNumber({
      title: { en: "Status", fr: "Statut" },
      help: { en: "The HTTP status that the caller reads.", fr: "Le statut HTTP que lit l’appelant." },
      advanced: true,
      min: 200,
      max: 599,
      default: 200,
    }),
    proof: flag(false, {
      title: { en: "Signed proof", fr: "Preuve signée" },
      help: { en: "Not available yet.", fr: "Pas encore disponible." },
      advanced: true,
    }),
  }),
  outcomes: {},
  summary: (settings, { locale, component }) => {
    const status = typeof settings["status"] === "number" ? settings["status"] : 200;
    const given = settings["value"];
    const names =
      given === undefined
        ? component.definitions.map(({ name }) => name)
        : typeof given === "object" && given !== null
          ? Object.keys(given).filter((key) => !key.startsWith("$"))
          : [];
    const fr = locale.startsWith("fr");
    if (names.length === 0) return fr ? `Répond avec le statut ${status}` : `Answers with status ${status}`;
    const and = fr ? " et " : " and ";
    const shown = names.length > 2 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(and);
    return fr ? `Renvoie ${shown} avec le statut ${status}` : `Sends ${shown} back with status ${status}`;
  },
  check: (settings) =>
    settings["proof"] === true
      ? [
          {
            setting: "proof",
            severity: "error",
            code: "not-available",
            message: 'asks for a signed proof, which this version cannot make yet. Set "proof" to false.',
            fixes: ['Set "proof" to false.'],
          },
        ]
      : [],
  run({ settings, model, respond }) {
    const answer = settings.value === undefined ? (model["data"] ?? {}) : settings.value;
    return respond(answer, settings.status);
  },
});
