import * as z from "zod";
import type { SettingProblem } from "../component/step-type.ts";
import { type BuiltInPorts, defineStep, type StepContext, type StepResult } from "../step/define-step.ts";
import type { Model, ModelValue } from "../step/model.ts";
import { Secret } from "../step/secret.ts";
import { flag } from "../step/settings/flag.ts";
import { value } from "../step/settings/values.ts";
import { wholeNumber } from "../step/settings/whole-number.ts";
import { StepFailure } from "../step/step-failure.ts";

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
    {
      en: "Signed proof: the application that embeds the dataflow verifies that its user confirmed a code, with the keys at /.well-known/jwks.json.",
      fr: "Preuve signée : l’application qui intègre le flux vérifie, avec les clés de /.well-known/jwks.json, que son utilisateur a confirmé un code.",
    },
  ],
  exceptions: [
    { en: "The first response that a run reaches counts.", fr: "La première réponse atteinte par l’exécution compte." },
    {
      en: "A signed proof where no code was confirmed before in this run: the run fails as no-confirmation. Give the other paths a Write response of their own.",
      fr: "Une preuve signée sans code confirmé auparavant dans cette exécution : celle-ci échoue (no-confirmation). Les autres chemins ont leur propre Écrire une réponse.",
    },
    {
      en: "A signed proof beside a value that is no object, or that has a key proof of its own: the run fails as no-place-for-proof.",
      fr: "Une preuve signée à côté d’une valeur qui n’est pas un objet, ou qui a déjà une clé proof : l’exécution échoue (no-place-for-proof).",
    },
  ],
  icon: "M6.5 3 2.5 7l4 4M2.5 7h6.5c2.5 0 4.5 2 4.5 4.5V13",
  respondsToCaller: true,
  needsConfirmation: (settings) => settings["proof"] === true,
  // A proof is made once: a run that is repeated after a crash gives the same one.
  effect: (settings) => (settings["proof"] === true ? "idempotent" : "pure"),
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
      help: {
        en: "Adds proof to the response: a JWT, valid for five minutes, that says who confirmed a code (sub), for which client (aud), what for (purpose) and in which run (run).",
        fr: "Ajoute proof à la réponse : un JWT, valable cinq minutes, qui dit qui a confirmé un code (sub), pour quel client (aud), dans quel but (purpose) et dans quelle exécution (run).",
      },
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
    const signed = settings["proof"] !== true ? "" : fr ? ", preuve signée" : ", signed proof";
    if (names.length === 0) return (fr ? `Répond avec le statut ${status}` : `Answers with status ${status}`) + signed;
    const and = fr ? " et " : " and ";
    const shown = names.length > 2 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(and);
    return (fr ? `Renvoie ${shown} avec le statut ${status}` : `Sends ${shown} back with status ${status}`) + signed;
  },
  check: (settings, component): SettingProblem[] => {
    const { value } = settings;
    const isTaken =
      value === undefined ? component.definitions.some(({ name }) => name === "proof") : !hasPlaceForProof(value);
    if (settings["proof"] !== true || !isTaken) return [];
    const message = 'adds its signed proof to the value as "proof". Let the value be an object without such a key.';
    return [{ setting: "proof", severity: "error", code: "no-place-for-proof", message }];
  },
  run(context) {
    const { settings, model, respond } = context;
    const answer = settings.value === undefined ? (model["data"] ?? {}) : settings.value;
    return settings.proof ? respondWithProof(answer, settings.status, context) : respond(answer, settings.status);
  },
});

/** Signs from the run's own fact: what the model says about a confirmation proves nothing. */
async function respondWithProof(
  answer: ModelValue,
  status: number,
  context: Pick<
    StepContext<unknown, string, BuiltInPorts>,
    "facts" | "runId" | "stepId" | "uuid" | "now" | "ports" | "respond"
  >,
): Promise<StepResult> {
  const { facts, runId, stepId, ports, respond } = context;
  const { confirmation } = facts;
  if (!confirmation) {
    throw new StepFailure(
      "no-confirmation",
      `Step "${stepId}" signs a proof that a code was confirmed, but none was in this run. Let it follow the outcome "confirmed" only.`,
    );
  }
  if (!hasPlaceForProof(answer)) {
    throw new StepFailure(
      "no-place-for-proof",
      `Step "${stepId}" adds its signed proof to the value as "proof". Let the value be an object without such a key.`,
    );
  }
  const proof = await ports.proofSigner.sign({
    id: context.uuid,
    runId,
    userId: confirmation.userId,
    clientId: confirmation.clientId,
    purpose: confirmation.purpose,
    confirmedAt: confirmation.at,
    issuedAt: context.now,
  });
  // Whoever holds it is the user: a secret in every event and log, readable in the response only.
  return respond({ ...answer, proof: new Secret("proof", proof) }, status);
}

function hasPlaceForProof(value: unknown): value is Model {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Secret) return false;
  return !Object.hasOwn(value, "proof");
}
