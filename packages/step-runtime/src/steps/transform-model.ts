import * as z from "zod";
import { parsePath } from "../component/path.ts";
import { defineStep } from "../step/define-step.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { Secret } from "../step/secret.ts";
import { mapping } from "../step/settings/values.ts";
import { quoteSetting } from "./quote-setting.ts";

/** Maps fields into a new model. */
export const transformModel = defineStep({
  type: "transform-model",
  group: "model-transformation",
  title: { en: "Transform model", fr: "Transformer le modèle" },
  help: {
    en: "Makes a new model from mapped fields; everything else but “data” leaves the model.",
    fr: "Construit un nouveau modèle à partir des champs indiqués ; tout le reste, sauf « data », le quitte.",
  },
  useCases: [
    { en: "A small, well-named model before a response.", fr: "Un modèle petit et bien nommé avant une réponse." },
  ],
  exceptions: [{ en: "A missing source field becomes null.", fr: "Un champ source absent devient null." }],
  icon: "M2 5h9.5M9 2.5 11.5 5 9 7.5M14 11H4.5M7 8.5 4.5 11 7 13.5",
  settings: z.object({
    mapping: mapping({
      title: { en: "Fields mapping", fr: "Correspondance des champs" },
      help: { en: "Target path and its value, one a line.", fr: "Un chemin cible et sa valeur par ligne." },
    }),
  }),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  changes: (settings) => ({
    replaces: true,
    adds: targets(settings["mapping"]).map((path) => ({ path, type: "any" as const })),
  }),
  summary: (settings, { locale }) => {
    const paths = targets(settings["mapping"]);
    const [first] = paths;
    if (first === undefined) return null;
    const value = quoteSetting((settings["mapping"] as Record<string, unknown>)[first]);
    const more = paths.length > 1 ? ` +${paths.length - 1}` : "";
    return locale.startsWith("fr") ? `${first} reçoit ${value}${more}` : `${first} from ${value}${more}`;
  },
  check: (settings) =>
    targets(settings["mapping"])
      .filter((target) => parsePath(target) === null)
      .map((target) => ({
        setting: "mapping",
        severity: "error" as const,
        code: "invalid-path",
        message: `has the target "${target}", which is not a path. Write one such as "customer.name".`,
      })),
  run({ settings, exit }) {
    let data: Model = {};
    for (const [target, value] of Object.entries(settings.mapping))
      data = place(data, parsePath(target) ?? [target], value);
    return exit("ok", data, { replace: true });
  },
});

/** A copy of the model with a value at a path; what stands in the way is replaced. */
function place(model: Model, [key = "", ...rest]: readonly string[], value: ModelValue): Model {
  if (rest.length === 0) return { ...model, [key]: value };
  const inner = Object.hasOwn(model, key) ? model[key] : undefined;
  const object =
    typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Secret)
      ? (inner as Model)
      : {};
  return { ...model, [key]: place(object, rest, value) };
}

function targets(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
