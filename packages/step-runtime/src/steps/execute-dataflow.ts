import * as z from "zod";
import { localize } from "../component/localized-text.ts";
import { defineStep } from "../step/define-step.ts";
import { modelPathWithDefault } from "../step/settings/model-path.ts";
import { reference } from "../step/settings/reference.ts";
import { optionalDefinitionValues } from "../step/settings/values.ts";

/** Runs another dataflow of the component inside the run. */
export const executeDataflow = defineStep({
  type: "execute-dataflow",
  group: "model-transformation",
  title: { en: "Execute dataflow", fr: "Exécuter un flux" },
  help: {
    en: "Runs another dataflow of this component to its end and keeps its response in a variable.",
    fr: "Exécute un autre flux de ce composant jusqu’à sa fin et garde sa réponse dans une variable.",
  },
  useCases: [
    {
      en: "Steps that several dataflows need, such as issuing and mailing a code, kept in one place.",
      fr: "Des étapes utiles à plusieurs flux, comme émettre et envoyer un code, tenues en un seul endroit.",
    },
  ],
  exceptions: [
    {
      en: "When the called dataflow fails, the step leaves by “failed” with the error’s code and message.",
      fr: "Si le flux appelé échoue, l’étape sort par « échoué » avec le code et le message de l’erreur.",
    },
    {
      en: "The called dataflow may not ask a person, and dataflows may not call each other in a circle.",
      fr: "Le flux appelé ne peut rien demander à une personne, et les flux ne peuvent pas s’appeler en cercle.",
    },
  ],
  icon: "M2.5 2.5h4.5v4.5H2.5zM9 9h4.5v4.5H9zM4.75 7v4.25H9",
  settings: z.object({
    dataflow: reference("dataflow", {
      title: { en: "Dataflow", fr: "Flux" },
      help: { en: "Which dataflow of the component to run.", fr: "Le flux du composant à exécuter." },
    }),
    input: optionalDefinitionValues({
      title: { en: "Input", fr: "Entrée" },
      help: {
        en: "Values of definitions that the dataflow starts with; all others are empty.",
        fr: "Les valeurs de définitions avec lesquelles le flux démarre ; toutes les autres sont vides.",
      },
    }),
    resultStoreField: modelPathWithDefault("_result", {
      title: { en: "Result store field", fr: "Champ du résultat" },
      help: {
        en: "The variable of the model that gets the response.",
        fr: "La variable du modèle qui reçoit la réponse.",
      },
    }),
  }),
  outcomes: {
    ok: { title: { en: "ok", fr: "ok" } },
    failed: {
      title: { en: "failed", fr: "échoué" },
      help: { en: "the called dataflow failed", fr: "le flux appelé a échoué" },
    },
  },
  calls: ({ dataflow }) => (typeof dataflow === "string" ? dataflow : null),
  changes: (settings) => {
    const field = fieldOf(settings);
    return {
      adds: [
        { path: field, type: "any", title: { en: "the response", fr: "la réponse" } },
        { path: `${field}.error.code`, type: "text", mayBeMissing: true },
        { path: `${field}.error.message`, type: "text", mayBeMissing: true },
      ],
    };
  },
  summary: (settings, { locale, component }) => {
    const dataflow = component.dataflows.find(({ id }) => id === settings["dataflow"]);
    if (!dataflow) return null;
    const name = localize(dataflow.name, locale);
    const field = fieldOf(settings);
    return locale.startsWith("fr")
      ? `Exécute « ${name} », réponse dans ${field}`
      : `Runs “${name}”, response in ${field}`;
  },
  check: (settings) =>
    /[.[]/.test(fieldOf(settings)) || fieldOf(settings) === "data"
      ? [
          {
            setting: "resultStoreField",
            severity: "error",
            code: "invalid-setting",
            message: 'must keep the response in one variable such as "_result", not in "data" or a path.',
          },
        ]
      : [],
  run: ({ settings, call }) => call({ input: settings.input, resultField: settings.resultStoreField }),
});

function fieldOf({ resultStoreField }: Readonly<Record<string, unknown>>): string {
  return typeof resultStoreField === "string" ? resultStoreField : "_result";
}
