import * as z from "zod";
import { defineStep } from "../step/define-step.ts";
import type { ModelValue } from "../step/model.ts";
import { readSecret, Secret } from "../step/secret.ts";
import { modelPath } from "../step/settings/model-path.ts";
import { codePurpose } from "./code-purpose.ts";

/** Compares what a person typed with the code that was issued for them. */
export const confirmOneTimeCode = defineStep({
  type: "confirm-one-time-code",
  group: "users-contexts",
  title: { en: "Confirm one-time code for user", fr: "Confirmer le code à usage unique pour l’utilisateur" },
  help: {
    en: "Checks a typed code against the last one issued in this run, else the newest of this session. A code works once.",
    fr: "Compare un code saisi au dernier émis dans cette exécution, sinon au plus récent de la session. Un code ne sert qu’une fois.",
  },
  useCases: [
    { en: "The second half of a two-factor sign-in.", fr: "La seconde moitié d’une connexion à deux facteurs." },
  ],
  exceptions: [
    {
      en: "Wrong code with attempts left: “rejected”. Expired, used, locked, foreign or unknown, or a user disabled since: “refused”, always with the same answer.",
      fr: "Code faux avec des essais restants : « rejeté ». Expiré, utilisé, bloqué, étranger ou inconnu, ou utilisateur désactivé depuis : « refusé », toujours avec la même réponse.",
    },
  ],
  icon: "M8 1.8 13 3.6v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4ZM5.7 8l1.7 1.7 3-3.3",
  effect: "idempotent",
  settings: z.object({
    userCodeField: modelPath({
      title: { en: "User code field", fr: "Champ de code utilisateur" },
      help: {
        en: "The field of the model that holds what the user typed.",
        fr: "Le champ du modèle qui contient ce que l’utilisateur a saisi.",
      },
    }),
    purpose: codePurpose,
  }),
  outcomes: {
    confirmed: {
      title: { en: "confirmed", fr: "confirmé" },
      help: { en: "the code was right", fr: "le code était bon" },
      confirms: true,
    },
    rejected: { title: { en: "rejected", fr: "rejeté" }, help: { en: "may try again", fr: "peut réessayer" } },
    refused: { title: { en: "refused", fr: "refusé" }, help: { en: "no more tries", fr: "plus d’essais" } },
  },
  changes: () => ({
    adds: [
      { path: "confirmation", type: "object" },
      { path: "confirmation.confirmed", type: "boolean" },
      { path: "confirmation.retryable", type: "boolean" },
      { path: "confirmation.retryAt", type: "date-time", mayBeMissing: true },
      { path: "confirmation.at", type: "date-time", mayBeMissing: true },
      { path: "confirmation.amr", type: "list" },
    ],
  }),
  summary: (settings, { locale }) => {
    const field = settings["userCodeField"];
    if (typeof field !== "string") return null;
    return locale.startsWith("fr") ? `Compare ${field}` : `Compares ${field}`;
  },
  async run({ settings, caller, facts, runId, stepId, idempotencyKey, ports, read, exit }) {
    const result = await ports.oneTimeCodes.confirm({
      attemptId: idempotencyKey,
      runId,
      stepId,
      clientId: caller.clientId,
      userId: caller.userId,
      sessionId: caller.sessionId,
      ipClass: caller.ipClass,
      purpose: settings.purpose,
      challengeId: facts.challengeId ?? null,
      code: typed(read(settings.userCodeField)),
    });
    // The code is right, but may they still sign in? They could when it was issued.
    const user = result.userId === null ? null : await ports.users.find(result.userId);
    const confirmed = result.outcome === "confirmed" && user !== null && user.id === result.userId && user.enabled;
    const outcome = confirmed || result.outcome !== "confirmed" ? result.outcome : "refused";
    const confirmation = {
      confirmed,
      retryable: result.outcome === "rejected",
      retryAt: result.retryAt,
      at: confirmed ? result.at : null,
      amr: confirmed ? ["otp"] : [],
    };
    const fact =
      confirmed && result.challengeId !== null && result.userId !== null && result.at !== null
        ? {
            challengeId: result.challengeId,
            userId: result.userId,
            clientId: caller.clientId,
            purpose: settings.purpose,
            at: result.at,
          }
        : null;
    return exit(outcome, { confirmation }, { facts: { confirmation: fact } });
  },
});

function typed(value: ModelValue): unknown {
  return value instanceof Secret ? readSecret(value) : value;
}
