import * as z from "zod";
import type { AddedPath } from "../component/step-type.ts";
import { withSettingField } from "../component/setting-field.ts";
import type { ScriptConsoleLine, ScriptLanguage } from "../ports/script-runner.ts";
import { defineStep, type BuiltInPorts, type StepDefinition } from "../step/define-step.ts";
import { readableSecretKind } from "../step/readable-secret-kind.ts";
import { maskAddresses } from "../step/mask-addresses.ts";
import { secretMask } from "../step/secret.ts";
import { script } from "../step/settings/script.ts";
import { StepFailure } from "../step/step-failure.ts";
import { scriptChanges, toScriptItem } from "./script-item.ts";

const languageTitles: Readonly<Record<ScriptLanguage, string>> = { javascript: "JavaScript", python: "Python" };
const allLanguages = ["python", "javascript"] as const satisfies readonly ScriptLanguage[];

/** Which languages the step offers. */
export interface ExecuteScriptOptions {
  /** At least one; the first is the default. */
  readonly languages: readonly [ScriptLanguage, ...ScriptLanguage[]];
}

const language = z.enum(allLanguages);
const codeField = script({
  title: { en: "Script", fr: "Script" },
  help: {
    en: "Reads and changes “item”, such as item['new_code'] = item['oneTimeCode']['code'].",
    fr: "Lit et modifie « item », par exemple item['new_code'] = item['oneTimeCode']['code'].",
  },
});
const settingsShape = z.object({ language: language.default("javascript"), code: codeField });

/**
 * Makes the Execute script step for the languages that the surroundings can run; another one is the problem `language-not-available`.
 *
 * @example createStepRegistry([...builtInSteps, createExecuteScript({ languages: ["javascript", "python"] })])
 */
export function createExecuteScript({
  languages,
}: ExecuteScriptOptions): StepDefinition<typeof settingsShape, "ok", BuiltInPorts> {
  const available = languages.map((name) => languageTitles[name]).join(", ");
  return defineStep({
    type: "execute-script",
    group: "model-transformation",
    title: { en: "Execute script", fr: "Exécuter le script" },
    help: {
      en: "Runs a script over “item”, the model. What it adds or changes goes on with the dataflow.",
      fr: "Exécute un script sur « item », le modèle. Ce qu’il ajoute ou change suit le flux.",
    },
    useCases: [
      {
        en: "Cleans what a person typed, or passes a value into a new variable.",
        fr: "Nettoie une saisie, ou passe une valeur dans une nouvelle variable.",
      },
      {
        en: 'Typed variables: item["_x@boolean"] is checked, then read as _x.',
        fr: 'Variables typées : item["_x@boolean"] est vérifiée, puis lue comme _x.',
      },
    ],
    exceptions: [
      {
        en: "A script that throws, loops or returns no object fails the run with the script’s own line.",
        fr: "Un script qui lève une erreur, boucle ou ne rend pas d’objet fait échouer l’exécution avec sa propre ligne.",
      },
      {
        en: "Issued codes read as •••••• outside test mode; what a script makes from a readable secret is a secret as well.",
        fr: "Hors du mode test, les codes émis se lisent •••••• ; ce qu’un script tire d’un secret lisible est aussi un secret.",
      },
    ],
    icon: "M5 4.5 1.8 8 5 11.5M11 4.5 14.2 8 11 11.5M9.2 2.8 6.8 13.2",
    settings: z.object({
      language: withSettingField(language.default(languages[0]), {
        title: { en: "Language", fr: "Langage" },
        control: "choice",
        literal: true,
        options: languages.map((value) => ({ value, title: languageTitles[value] })),
      }),
      code: codeField,
    }),
    outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
    changes: (settings) => ({ open: true, adds: assignedVariables(settings["code"]) }),
    summary: (settings, { locale }) => {
      if (typeof settings["code"] !== "string") return null;
      const name =
        languageTitles[
          settings["language"] === "python"
            ? "python"
            : settings["language"] === "javascript"
              ? "javascript"
              : languages[0]
        ];
      const names = assignedVariables(settings["code"]).map(({ path }) => path);
      if (names.length === 0) return locale.startsWith("fr") ? `${name} sur le modèle` : `${name} over the model`;
      return locale.startsWith("fr") ? `${name} : calcule ${names.join(", ")}` : `${name}: makes ${names.join(", ")}`;
    },
    check: (settings) => {
      const wanted = language.safeParse(settings["language"] ?? languages[0]);
      if (!wanted.success || languages.includes(wanted.data)) return [];
      return [
        {
          setting: "language",
          severity: "error",
          code: "language-not-available",
          message: `is written in ${languageTitles[wanted.data]}, which cannot run here. Available: ${available}.`,
        },
      ];
    },
    async run({ settings, model, component, stepId, signal, ports, exit }) {
      if (!languages.includes(settings.language)) {
        throw new StepFailure(
          "language-not-available",
          `Step "${stepId}" is written in ${languageTitles[settings.language]}, which cannot run here. Available: ${available}.`,
        );
      }
      const item = toScriptItem(model);
      const kind = readableSecretKind(model);
      const result = await ports.scriptRunner.run({
        language: settings.language,
        code: settings.code,
        item,
        signal,
      });
      const console: readonly ScriptConsoleLine[] = result.console.map((line) => ({
        ...line,
        text: kind ? secretMask : maskAddresses(line.text),
      }));
      if (!result.ok) {
        const { code, message, line, column } = result.error;
        const place = line === undefined ? "" : ` at line ${line}${column === undefined ? "" : `, column ${column}`}`;
        throw new StepFailure(
          `script-${code.toLowerCase().replaceAll("_", "-")}`,
          `The script of step "${stepId}" failed${place}${kind ? ". Its own words are masked, because it could read a secret." : `: ${message}`}`,
          {
            line,
            column,
            console,
          },
        );
      }
      const { data, drop } = scriptChanges({
        before: item,
        after: result.item,
        kind,
        code: settings.code,
        definitions: component.definitions.map(({ name }) => name),
      });
      return exit("ok", data, { drop, console });
    },
  });
}

/** The variables that a script's text assigns at first sight, for cards and path pickers; a script may make more. */
function assignedVariables(code: unknown): readonly AddedPath[] {
  if (typeof code !== "string") return [];
  const names = new Set<string>();
  for (const match of code.slice(0, 20_000).matchAll(/\bitem(?:\[\s*(['"])([\w@-]+)\1\s*\]|\.(\w+))\s*=(?!=)/g)) {
    const name = (match[2] ?? match[3] ?? "").split("@", 1)[0] ?? "";
    if (name !== "" && name !== "data") names.add(name);
  }
  return [...names].map((path) => ({ path, type: "any" }));
}
