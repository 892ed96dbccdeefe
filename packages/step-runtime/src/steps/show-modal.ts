import * as z from "zod";
import { localize } from "../component/localized-text.ts";
import type { Control } from "../component/component-schema.ts";
import { defineStep, type ModalControlView } from "../step/define-step.ts";
import type { ModelValue } from "../step/model.ts";
import { readPath } from "../step/read-path.ts";
import { choice } from "../step/settings/choice.ts";
import { reference } from "../step/settings/reference.ts";
import { StepFailure } from "../step/step-failure.ts";
import { compareValues } from "./compare-values.ts";

const expiryPath = ["oneTimeCode", "expiresAt"];

/** Shows a modal to the person at the page. */
export const showModal = defineStep({
  type: "show-modal",
  group: "output",
  title: { en: "Show modal", fr: "Afficher la fenêtre modale" },
  help: {
    en: "Shows one of the component’s modals on the page. A Write response must follow.",
    fr: "Montre une des fenêtres modales du composant sur la page. Une étape « Écrire une réponse » doit suivre.",
  },
  useCases: [
    {
      en: "Shows a code in test mode, or a message at the end of a dataflow.",
      fr: "Montre un code en mode test, ou un message à la fin d’un flux.",
    },
  ],
  exceptions: [
    {
      en: "Outside test mode an issued code reads ••••••. Send it by e-mail instead.",
      fr: "Hors du mode test, un code émis s’affiche ••••••. Envoyez-le plutôt par e-mail.",
    },
  ],
  icon: "M2 3h12v10H2zM2 6h12M5 9.5h6",
  needsResponse: true,
  settings: z.object({
    modal: reference("modal", {
      title: { en: "Modal", fr: "Fenêtre modale" },
      help: { en: "Which of the component’s modals to show.", fr: "La fenêtre modale du composant à montrer." },
    }),
    mode: choice(
      { display: { en: "Display", fr: "Afficher" } },
      {
        title: { en: "Mode", fr: "Mode" },
        advanced: true,
        help: { en: "Shows the modal and goes on.", fr: "Montre la fenêtre et continue." },
      },
    ),
  }),
  outcomes: { ok: { title: { en: "ok", fr: "ok" } } },
  summary: (settings, { locale, component }) => {
    const modal = component.modals.find(({ id }) => id === settings["modal"]);
    if (!modal) return null;
    const title = localize(modal.title, locale);
    return locale.startsWith("fr") ? `Montre « ${title} »` : `Shows “${title}” to the user`;
  },
  run({ settings, component, model, read, exit }) {
    const modal = component.modals.find(({ id }) => id === settings.modal);
    if (!modal) throw new StepFailure("unknown-modal", `The component has no modal "${settings.modal}".`);
    const expiresAt = readPath(model, expiryPath);
    const controls = modal.controls
      .filter((control) => isShown(control, read))
      .map((control) => view(control, model["data"] ?? null, read));
    return exit(
      "ok",
      {},
      {
        modal: { id: modal.id, title: modal.title, controls, ...(typeof expiresAt === "string" ? { expiresAt } : {}) },
      },
    );
  },
});

function isShown(control: Control, read: (path: string) => ModelValue): boolean {
  return (
    !control.when ||
    compareValues(read(control.when.field), control.when.operator, (control.when.value ?? null) as ModelValue)
  );
}

/** The control with the value it shows. */
function view(control: Control, data: ModelValue, read: (path: string) => ModelValue): ModalControlView {
  if (control.type === "countdown" && control.until !== undefined) return { ...control, value: read(control.until) };
  if (control.definition === undefined || control.type === "text-field") return control;
  return { ...control, value: readPath(data, [control.definition]) };
}
