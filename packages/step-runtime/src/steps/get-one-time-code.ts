import * as z from "zod";
import type { SettingProblem } from "../component/step-type.ts";
import { defineStep } from "../step/define-step.ts";
import { Secret } from "../step/secret.ts";
import { choice } from "../step/settings/choice.ts";
import { duration } from "../step/settings/duration.ts";
import { optionalWholeNumber } from "../step/settings/whole-number.ts";
import { clientReference } from "../step/settings/client-reference.ts";
import { requiredText } from "../step/settings/text.ts";
import { StepFailure } from "../step/step-failure.ts";
import { codePurpose } from "./code-purpose.ts";
import { quoteSetting } from "./quote-setting.ts";

const alphabets = {
  digits: { symbols: 10, min: 6, max: 10, initial: 6 },
  unambiguous30: { symbols: 30, min: 6, max: 12, initial: 8 },
} as const;
/** How many codes there must at least be, so that a handful of guesses is hopeless (one-time codes: RFC 4226 §7.3, NIST SP 800-63B-4 §3.1.3.3). */
const leastCodes: Readonly<Record<string, number>> = { second_factor: 1e6, sole_factor: 1e8 };

/** Issues a one-time code for a user. */
export const getOneTimeCode = defineStep({
  type: "get-one-time-code",
  group: "users-contexts",
  title: { en: "Get one-time code for user", fr: "Obtenir un code à usage unique pour l’utilisateur" },
  help: {
    en: "Makes a one-time code for a sign-in with two factors. It works together with Confirm one-time code for user.",
    fr: "Génère un code à usage unique pour une connexion à deux facteurs. Fonctionne avec « Confirmer le code à usage unique pour l’utilisateur ».",
  },
  useCases: [
    {
      en: "Two-factor sign-in: a temporary code that the user must confirm as a second layer of security.",
      fr: "Authentification à deux facteurs : un code temporaire que l’utilisateur doit confirmer comme couche de sécurité supplémentaire.",
    },
    {
      en: "Stronger sign-in where unauthorised access must be prevented.",
      fr: "Sécurité de connexion renforcée là où les accès non autorisés doivent être empêchés.",
    },
  ],
  exceptions: [
    {
      en: "Wrong or stale user data (unknown or disabled user, no address): the answer looks the same, and no code works.",
      fr: "Données utilisateur fausses ou périmées (utilisateur inconnu, désactivé ou sans adresse) : la réponse est la même, et aucun code ne fonctionne.",
    },
    {
      en: "A badly chosen life time: outside 60 to 600 seconds the step is refused when the component is checked and again when it runs.",
      fr: "Une durée de vie mal choisie : hors de 60 à 600 secondes, l’étape est refusée à la vérification puis à l’exécution.",
    },
    {
      en: "Another client than the caller’s own: the run fails as client-mismatch.",
      fr: "Un autre client que celui de l’appelant : l’exécution échoue (client-mismatch).",
    },
  ],
  icon: "M2.5 4.5h11v7h-11zM5 8h.01M8 8h.01M11 8h.01",
  effect: "idempotent",
  forgetsConfirmation: true,
  settings: z.object({
    userName: requiredText({
      title: { en: "User name", fr: "Nom d’utilisateur" },
      help: {
        en: "Name or ID of the user the code is for. Where somebody types it, take it as typed: a looked-up user is null for an unknown name.",
        fr: "Nom ou ID de l’utilisateur pour lequel le code est généré. S’il est saisi, prenez-le tel quel : un utilisateur cherché vaut null pour un nom inconnu.",
      },
      namesUser: true,
    }),
    clientForRequest: clientReference({
      title: { en: "Client for request", fr: "Client pour la demande" },
      help: {
        en: "The application that asks for the confirmation. Left empty: the caller’s own client, and it can be no other.",
        fr: "L’application qui demande la confirmation. Vide : le client de l’appelant, et aucun autre n’est admis.",
      },
    }),
    codeLifetimeSeconds: duration({
      title: { en: "Code life time", fr: "Durée de vie du code" },
      help: { en: "How long the code can be confirmed.", fr: "Combien de temps le code peut être confirmé." },
      min: 60,
      max: 600,
      default: 300,
    }),
    purpose: codePurpose,
    alphabet: choice(
      {
        digits: { en: "Digits", fr: "Chiffres" },
        unambiguous30: { en: "Digits and letters without look-alikes", fr: "Chiffres et lettres sans sosies" },
      },
      { title: { en: "Alphabet", fr: "Alphabet" }, advanced: true },
    ),
    length: optionalWholeNumber({
      title: { en: "Length", fr: "Longueur" },
      help: {
        en: "Digits: 6 to 10, default 6. Letters: 6 to 12, default 8.",
        fr: "Chiffres : 6 à 10, par défaut 6. Lettres : 6 à 12, par défaut 8.",
      },
      advanced: true,
      min: 6,
      max: 12,
    }),
  }),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  changes: () => ({
    adds: [
      { path: "oneTimeCode", type: "object" },
      { path: "oneTimeCode.code", type: "secret" },
      { path: "oneTimeCode.channel", type: "text" },
      { path: "oneTimeCode.destination", type: "masked-address" },
      { path: "oneTimeCode.expiresAt", type: "date-time" },
      { path: "oneTimeCode.length", type: "number" },
      { path: "oneTimeCode.resendAvailableAt", type: "date-time" },
    ],
  }),
  summary: (settings, { locale }) => {
    if (settings["userName"] === undefined) return null;
    const alphabet = settings["alphabet"] === "unambiguous30" ? "unambiguous30" : "digits";
    const length = typeof settings["length"] === "number" ? settings["length"] : alphabets[alphabet].initial;
    const seconds = typeof settings["codeLifetimeSeconds"] === "number" ? settings["codeLifetimeSeconds"] : 300;
    const time = seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
    const user = quoteSetting(settings["userName"]);
    if (locale.startsWith("fr"))
      return `${length} ${alphabet === "digits" ? "chiffres" : "signes"} pour ${user}, valables ${time}`;
    return `${length} ${alphabet === "digits" ? "digits" : "characters"} for ${user}, valid ${time}`;
  },
  check: (settings) => {
    const problem = lengthProblem(settings["alphabet"], settings["length"], settings["purpose"]);
    return problem ? [problem] : [];
  },
  async run({ settings, caller, runId, stepId, idempotencyKey, ports, exit }) {
    const clientId = settings.clientForRequest ?? caller.clientId;
    if (clientId !== caller.clientId) {
      throw new StepFailure(
        "client-mismatch",
        `Step "${stepId}" asks for client "${clientId}", but the run belongs to client "${caller.clientId}". Use the caller’s own client, or leave "clientForRequest" empty.`,
      );
    }
    const problem = lengthProblem(settings.alphabet, settings.length, settings.purpose);
    if (problem) throw new StepFailure(problem.code, `Step "${stepId}" ${problem.message}`);
    // The same two look-ups whoever is named: an unknown user must not answer faster.
    const typedName = settings.userName ?? "";
    const client = await ports.clients.get(clientId);
    const user = await ports.users.find(typedName);
    const issued = await ports.oneTimeCodes.issue({
      idempotencyKey,
      runId,
      stepId,
      user,
      typedName,
      client: { id: clientId, test: client?.test ?? false },
      sessionId: caller.sessionId,
      ipClass: caller.ipClass,
      purpose: settings.purpose,
      alphabet: settings.alphabet,
      length: settings.length ?? alphabets[settings.alphabet].initial,
      lifetimeSeconds: settings.codeLifetimeSeconds,
    });
    return exit(
      "ok",
      {
        oneTimeCode: {
          channel: issued.channel,
          destination: issued.destination,
          expiresAt: issued.expiresAt,
          length: issued.length,
          resendAvailableAt: issued.resendAvailableAt,
          code: new Secret("issued", issued.revealedCode),
        },
      },
      {
        drop: ["confirmation"],
        facts: {
          challengeId: issued.challengeId,
          deliver: issued.deliver,
          codeUserId: user?.id ?? null,
          confirmation: null,
        },
      },
    );
  },
});

function lengthProblem(alphabetName: unknown, length: unknown, purpose: unknown): SettingProblem | null {
  const alphabet = alphabets[alphabetName === "unambiguous30" ? "unambiguous30" : "digits"];
  const symbols = typeof length === "number" ? length : alphabet.initial;
  const least = leastCodes[typeof purpose === "string" ? purpose : "second_factor"] ?? 1e6;
  const place = { setting: "length", severity: "error", code: "invalid-setting" } as const;
  if (symbols < alphabet.min || symbols > alphabet.max) {
    return {
      ...place,
      message: `has codes of ${symbols} symbols. With this alphabet, choose a length from ${alphabet.min} to ${alphabet.max}.`,
    };
  }
  if (alphabet.symbols ** symbols >= least) return null;
  const enough = Math.ceil(Math.log(least) / Math.log(alphabet.symbols) - 1e-9);
  return {
    ...place,
    message: `has codes that are too easy to guess for the purpose "${String(purpose)}". Set "length" to ${enough} or more.`,
    fixes: [`Set "length" to ${enough}.`],
  };
}
