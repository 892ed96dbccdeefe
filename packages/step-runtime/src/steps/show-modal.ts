import * as z from "zod";
import { localize } from "../component/localized-text.ts";
import type { Control, Modal } from "../component/component-schema.ts";
import type { SettingProblem } from "../component/step-type.ts";
import { defineStep, type ModalControlView, type ModalView } from "../step/define-step.ts";
import type { ModelValue } from "../step/model.ts";
import { readPath } from "../step/read-path.ts";
import { choice } from "../step/settings/choice.ts";
import { reference } from "../step/settings/reference.ts";
import { optionalWholeNumber } from "../step/settings/whole-number.ts";
import { StepFailure } from "../step/step-failure.ts";
import { compareValues } from "./compare-values.ts";

/** Shows a modal to the person at the page. */
export const showModal = defineStep({
  type: "show-modal",
  group: "output",
  title: { en: "Show modal", fr: "Afficher la fenêtre modale" },
  help: {
    en: "Shows one of the component’s modals on the page, or asks with it: then the run waits for the answer. A Write response must follow.",
    fr: "Montre une des fenêtres modales du composant sur la page, ou s’en sert pour demander : l’exécution attend alors la réponse. Une étape « Écrire une réponse » doit suivre.",
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
      { display: { en: "Display", fr: "Afficher" }, ask: { en: "Ask", fr: "Demander" } },
      {
        title: { en: "Mode", fr: "Mode" },
        help: {
          en: "Display shows the modal and goes on. Ask waits until it is answered.",
          fr: "« Afficher » montre la fenêtre et continue. « Demander » attend la réponse.",
        },
      },
    ),
    timeoutSeconds: optionalWholeNumber({
      title: { en: "Time limit", fr: "Délai" },
      help: {
        en: "When asking: after so many seconds the run goes on by “timeout”.",
        fr: "En mode « Demander » : après ce nombre de secondes, l’exécution continue par « délai dépassé ».",
      },
      advanced: true,
      unit: "seconds",
      min: 10,
      max: 604_800,
    }),
  }),
  outcomes: {
    ok: { title: { en: "ok", fr: "ok" } },
    answered: {
      title: { en: "answered", fr: "répondu" },
      help: { en: "the person sent the form", fr: "la personne a envoyé le formulaire" },
      waits: true,
    },
    resend: {
      title: { en: "resend", fr: "renvoyer" },
      help: { en: "the person asks for another code", fr: "la personne demande un autre code" },
      waits: true,
    },
    dismissed: {
      title: { en: "dismissed", fr: "abandonné" },
      help: { en: "the person closed the modal", fr: "la personne a fermé la fenêtre" },
    },
    timeout: {
      title: { en: "timeout", fr: "délai dépassé" },
      help: { en: "nobody answered in time", fr: "personne n’a répondu à temps" },
    },
  },
  possibleOutcomes: (settings) =>
    settings["mode"] === "ask" ? ["answered", "resend", "dismissed", "timeout"] : ["ok"],
  summary: (settings, { locale, component }) => {
    const modal = component.modals.find(({ id }) => id === settings["modal"]);
    if (!modal) return null;
    const title = localize(modal.title, locale);
    if (settings["mode"] === "ask") {
      return locale.startsWith("fr") ? `Demande avec « ${title} » et attend` : `Asks with “${title}” and waits`;
    }
    return locale.startsWith("fr") ? `Montre « ${title} »` : `Shows “${title}” to the user`;
  },
  check: (settings, component) => {
    const modal = component.modals.find(({ id }) => id === settings["modal"]);
    if (settings["mode"] !== "ask" || !modal) return [];
    const place = { setting: "modal", severity: "error" } as const;
    const problems: SettingProblem[] = [];
    if (askedFields(modal).length === 0) {
      problems.push({
        ...place,
        code: "ask-without-field",
        message: `asks with the modal "${modal.id}", which has no text field with a definition. Add one, or set "mode" to "display".`,
      });
    }
    if (!modal.controls.some(({ type, action }) => type === "button" && action === "submit")) {
      problems.push({
        ...place,
        code: "ask-without-submit",
        message: `asks with the modal "${modal.id}", which has no button that sends the answer. Add a button with the action "submit".`,
      });
    }
    return problems;
  },
  run({ settings, component, model, read, exit, ask }) {
    const modal = component.modals.find(({ id }) => id === settings.modal);
    if (!modal) throw new StepFailure("unknown-modal", `The component has no modal "${settings.modal}".`);
    const controls = modal.controls
      .filter((control) => isShown(control, read))
      .map((control) => view(control, model["data"] ?? null, read));
    const expiresAt = read("oneTimeCode.expiresAt");
    const shown = {
      id: modal.id,
      title: modal.title,
      controls,
      ...(typeof expiresAt === "string" ? { expiresAt } : {}),
    };
    if (settings.mode === "display") return exit("ok", {}, { modal: shown });
    return ask({
      modal: { ...shown, ...askedFor(read) },
      fields: askedFields(modal),
      timeoutSeconds: settings.timeoutSeconds ?? null,
    });
  },
});

/** The definitions that a modal's fields ask for. */
function askedFields({ controls }: Modal): readonly string[] {
  return controls.flatMap(({ type, definition }) =>
    type === "text-field" && definition !== undefined ? [definition] : [],
  );
}

/** What a page must know of the code that the person waits for, and of their last try. */
function askedFor(read: (path: string) => ModelValue): Partial<ModalView> {
  const text = (key: "resendAvailableAt" | "destination" | "retryAt", path: string) => {
    const value = read(path);
    return typeof value === "string" ? { [key]: value } : {};
  };
  return {
    ...text("resendAvailableAt", "oneTimeCode.resendAvailableAt"),
    ...text("destination", "oneTimeCode.destination"),
    ...text("retryAt", "confirmation.retryAt"),
    ...(read("confirmation.retryable") === true ? { rejected: true } : {}),
  };
}

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
