import * as z from "zod";
import { defineStep } from "../step/define-step.ts";
import { choice } from "../step/settings/choice.ts";
import { modelPath } from "../step/settings/model-path.ts";
import { value } from "../step/settings/values.ts";
import { compareValues } from "./compare-values.ts";
import { quoteSetting } from "./quote-setting.ts";

const signs: Readonly<Record<string, string>> = {
  equal: "=",
  "not-equal": "≠",
  greater: ">",
  less: "<",
};

/** Branches on a value of the model. */
export const filterSource = defineStep({
  type: "filter-source",
  group: "model-transformation",
  title: { en: "Filter source", fr: "Filtrer la source" },
  help: {
    en: "Compares a field with a value and leaves by “matched” or “not matched”.",
    fr: "Compare un champ à une valeur et sort par « vérifié » ou « non vérifié ».",
  },
  useCases: [
    {
      en: "Different steps for users with and without an address.",
      fr: "Des étapes différentes selon que l’utilisateur a une adresse.",
    },
  ],
  exceptions: [
    {
      en: "“greater” and “less” compare two numbers or two texts; anything else does not match.",
      fr: "« plus grand » et « plus petit » comparent deux nombres ou deux textes ; tout le reste ne correspond pas.",
    },
  ],
  icon: "M2 3h12L9.5 8.5v4.7l-3-1.7v-3z",
  settings: z.object({
    field: modelPath({ title: { en: "Field", fr: "Champ" } }),
    operator: choice(
      {
        equal: { en: "is equal to", fr: "est égal à" },
        "not-equal": { en: "is not equal to", fr: "est différent de" },
        greater: { en: "is greater than", fr: "est plus grand que" },
        less: { en: "is less than", fr: "est plus petit que" },
        "is-null": { en: "is empty", fr: "est vide" },
        "not-null": { en: "is not empty", fr: "n’est pas vide" },
      },
      { title: { en: "Comparison", fr: "Comparaison" } },
    ),
    value: value({ title: { en: "Value", fr: "Valeur" } }),
  }),
  outcomes: {
    matched: { title: { en: "matched", fr: "vérifié" } },
    "not-matched": { title: { en: "not matched", fr: "non vérifié" } },
  },
  summary: (settings, { locale }) => {
    const { field, operator = "equal" } = settings;
    if (typeof field !== "string") return null;
    const fr = locale.startsWith("fr");
    if (operator === "is-null") return fr ? `${field} est vide` : `${field} is empty`;
    if (operator === "not-null") return fr ? `${field} n’est pas vide` : `${field} is not empty`;
    return `${field} ${signs[String(operator)] ?? "?"} ${quoteSetting(settings["value"] ?? null)}`;
  },
  run({ settings, read, exit }) {
    return exit(
      compareValues(read(settings.field), settings.operator, settings.value ?? null) ? "matched" : "not-matched",
    );
  },
});
