import * as z from "zod";
import { settingExpressions } from "../component/setting-expression.ts";
import { defineStep } from "../step/define-step.ts";
import type { ModelValue } from "../step/model.ts";
import { flag } from "../step/settings/flag.ts";
import { modelPathWithDefault, optionalModelPath } from "../step/settings/model-path.ts";
import { text } from "../step/settings/text.ts";
import { StepFailure } from "../step/step-failure.ts";
import { quoteSetting } from "./quote-setting.ts";

/** Puts a user's data into the model; null when there is no such user. */
export const getUserInfo = defineStep({
  type: "get-user-info",
  group: "users-contexts",
  title: { en: "Get user info", fr: "Obtenir des informations utilisateur" },
  help: {
    en: "Looks up a user from the request, by name or ID, or by a link field. An unknown user gives null, not an error.",
    fr: "Cherche un utilisateur d’après la demande, par nom ou ID, ou par un champ de lien. Un utilisateur inconnu donne null, sans erreur.",
  },
  useCases: [
    {
      en: "The signed-in user’s name and language for the next steps.",
      fr: "Le nom et la langue de l’utilisateur connecté pour les étapes suivantes.",
    },
  ],
  exceptions: [
    {
      en: "Unknown user, or nobody signed in: the field is null and the dataflow goes on.",
      fr: "Utilisateur inconnu, ou personne de connecté : le champ vaut null et le flux continue.",
    },
  ],
  icon: "M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 13.5c.3-2.5 2.3-4 5-4s4.7 1.5 5 4",
  settings: z.object({
    fromRequest: flag(false, {
      title: { en: "From the request", fr: "D’après la demande" },
      help: { en: "Takes the user who runs the dataflow.", fr: "Prend l’utilisateur qui exécute le flux." },
    }),
    userName: text({
      title: { en: "User name", fr: "Nom d’utilisateur" },
      help: { en: "Name or ID of the user.", fr: "Nom ou ID de l’utilisateur." },
    }),
    userInfoField: optionalModelPath({
      title: { en: "User info field", fr: "Champ d’informations utilisateur" },
      help: {
        en: "A field of the model that holds the user’s ID or name.",
        fr: "Un champ du modèle qui contient l’ID ou le nom de l’utilisateur.",
      },
    }),
    resultStoreField: modelPathWithDefault("_user", {
      title: { en: "Result store field", fr: "Champ du résultat" },
      help: {
        en: "The variable of the model that gets the user.",
        fr: "La variable du modèle qui reçoit l’utilisateur.",
      },
    }),
  }),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  changes: (settings) => {
    const field = typeof settings["resultStoreField"] === "string" ? settings["resultStoreField"] : "_user";
    const name = lookedUpName(settings);
    return {
      ...(name === undefined ? {} : { looksUp: { into: field, name } }),
      adds: [
        { path: field, type: "object", mayBeMissing: true },
        ...["id", "userName", "email", "firstName", "lastName", "locale"].map((name) => ({
          path: `${field}.${name}`,
          type: "text" as const,
          mayBeMissing: true,
        })),
      ],
    };
  },
  summary: (settings, { locale }) => {
    const field = typeof settings["resultStoreField"] === "string" ? settings["resultStoreField"] : "_user";
    const fr = locale.startsWith("fr");
    if (settings["fromRequest"] === true)
      return fr ? `L’utilisateur connecté, ${field}` : `The signed-in user, kept in ${field}`;
    const source = settings["userName"] ?? settings["userInfoField"];
    if (source === undefined) return null;
    return fr
      ? `L’utilisateur ${quoteSetting(source)}, dans ${field}`
      : `The user ${quoteSetting(source)}, kept in ${field}`;
  },
  check: (settings) =>
    settings["fromRequest"] === true || settings["userName"] !== undefined || settings["userInfoField"] !== undefined
      ? []
      : [
          {
            setting: "userName",
            severity: "error",
            code: "missing-setting",
            message: 'needs to know which user: switch on "fromRequest", or set "userName" or "userInfoField".',
          },
        ],
  async run({ settings, caller, ports, read, exit }) {
    const nameOrId = settings.fromRequest
      ? caller.userId
      : (settings.userName ?? (settings.userInfoField === undefined ? null : asName(read(settings.userInfoField))));
    if (settings.resultStoreField.includes(".") || settings.resultStoreField.includes("[")) {
      throw new StepFailure("invalid-setting", `"resultStoreField" must be one variable such as "_user", not a path.`);
    }
    const user = nameOrId === null ? null : await ports.users.find(nameOrId);
    return exit("ok", {
      [settings.resultStoreField]: user && {
        id: user.id,
        userName: user.userName,
        email: user.email,
        firstName: user.firstName,
        lastName: user.lastName,
        locale: user.locale,
      },
    });
  },
});

/** The setting that a run takes the name from; undefined where the name is no matter of the run. */
function lookedUpName({ fromRequest, userName, userInfoField }: Readonly<Record<string, unknown>>): unknown {
  if (fromRequest === true) return undefined;
  if (userName === undefined) return typeof userInfoField === "string" ? { $path: userInfoField } : undefined;
  return settingExpressions(userName).length > 0 ? userName : undefined;
}

function asName(value: ModelValue): string | null {
  return typeof value === "string" ? value : null;
}
