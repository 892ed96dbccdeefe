import { choice } from "../step/settings/choice.ts";

/** The setting that issue and confirm share: a code only works for its purpose. */
export const codePurpose = choice(
  {
    second_factor: { en: "Second factor", fr: "Second facteur" },
    sole_factor: { en: "Only factor", fr: "Facteur unique" },
  },
  {
    title: { en: "Purpose", fr: "Usage" },
    help: {
      en: "Issue and confirm must name the same one. As the only factor, a code needs at least 10^8 possibilities.",
      fr: "L’émission et la confirmation nomment le même. Comme facteur unique, un code exige au moins 10^8 possibilités.",
    },
    advanced: true,
  },
);
