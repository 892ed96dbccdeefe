import * as z from "zod";
import { joinStepType } from "../component/rules/join-step-type.ts";
import { defineStep } from "../step/define-step.ts";

/** Lets the paths of a fork meet; what it waits for and how it merges is the run's doing, see `join-arrivals.ts`. */
export const joinModels = defineStep({
  type: joinStepType,
  group: "model-transformation",
  title: { en: "Join models", fr: "Réunir les modèles" },
  help: {
    en: "Waits for all its sources and goes on once, with their models merged in the order of the sources. A source that can no longer arrive is not waited for.",
    fr: "Attend toutes ses sources et continue une seule fois, leurs modèles fusionnés dans l’ordre des sources. Une source qui ne peut plus arriver n’est pas attendue.",
  },
  useCases: [
    {
      en: "Several steps follow one outcome, and one response needs what each of them added.",
      fr: "Plusieurs étapes suivent une même issue, et une réponse a besoin de ce que chacune a ajouté.",
    },
  ],
  exceptions: [
    {
      en: "A variable that several models have comes from the last source; a definition that it leaves unset, from the one before.",
      fr: "Une variable présente dans plusieurs modèles vient de la dernière source ; une définition qu’elle laisse vide, de la précédente.",
    },
    {
      en: "It may not lie on a loop: it goes on only once in a run.",
      fr: "Elle ne peut pas se trouver dans une boucle : elle ne continue qu’une fois par exécution.",
    },
  ],
  icon: "M3 2.5v2C3 7 8 6.5 8 9.5M13 2.5v2C13 7 8 6.5 8 9.5M8 9.5v4M5.8 11.5 8 13.7l2.2-2.2",
  settings: z.object({}),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  run: ({ exit }) => exit("ok"),
});
