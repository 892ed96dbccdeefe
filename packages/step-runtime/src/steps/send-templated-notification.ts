import type { Component } from "../component/component-schema.ts";
import * as z from "zod";
import { localize, type LocalizedText } from "../component/localized-text.ts";
import type { SettingProblem } from "../component/step-type.ts";
import { parsePath } from "../component/path.ts";
import { settingExpressions } from "../component/setting-expression.ts";
import { templateVariables } from "../component/template-variables.ts";
import { defineStep } from "../step/define-step.ts";
import { choice } from "../step/settings/choice.ts";
import { optionalModelPath } from "../step/settings/model-path.ts";
import { reference } from "../step/settings/reference.ts";
import { text } from "../step/settings/text.ts";
import { StepFailure } from "../step/step-failure.ts";

/** Sends a user a message made from a template; in it stands the code that was issued before. */
export const sendTemplatedNotification = defineStep({
  type: "send-templated-notification",
  group: "users-contexts",
  title: { en: "Send templated notification", fr: "Envoyer une notification modélisée" },
  help: {
    en: "Sends a user a message made from one of the component’s templates, with the one-time code issued before. The mail leaves soon after; the dataflow does not wait for it.",
    fr: "Envoie à un utilisateur un message tiré d’un modèle du composant, avec le code à usage unique émis avant. Le courriel part peu après ; le flux ne l’attend pas.",
  },
  useCases: [
    {
      en: "Delivers the code of a sign-in by e-mail.",
      fr: "Remet par courriel le code d’une connexion.",
    },
  ],
  exceptions: [
    {
      en: "Unknown or disabled user, or one without an address: queued all the same, and nothing is sent.",
      fr: "Utilisateur inconnu, désactivé ou sans adresse : mis en file tout de même, et rien n’est envoyé.",
    },
    {
      en: "A template that does not render or whose subject holds the code, or a code for another user than the recipient: “failed”, and nothing is sent.",
      fr: "Un modèle qui ne se calcule pas ou dont l’objet contient le code, ou un code destiné à un autre utilisateur que le destinataire : « échec », et rien n’est envoyé.",
    },
  ],
  icon: "M2 4h12v8H2zM2 4.5l6 4.5 6-4.5",
  effect: "idempotent",
  settings: z.object({
    notificationType: choice(
      { smtp: { en: "E-mail (SMTP)", fr: "Courriel (SMTP)" } },
      { title: { en: "Notification type", fr: "Type de notification" } },
    ),
    userName: text({
      title: { en: "User name", fr: "Nom d’utilisateur" },
      help: { en: "Name or ID of the recipient.", fr: "Nom ou ID du destinataire." },
    }),
    userInfoField: optionalModelPath({
      title: { en: "User info field", fr: "Champ d’informations utilisateur" },
      help: {
        en: "Instead of a name: the variable that Get user info made.",
        fr: "Au lieu d’un nom : la variable créée par « Obtenir des informations utilisateur ».",
      },
    }),
    template: reference("template", {
      title: { en: "Template", fr: "Modèle" },
      help: { en: "Which of the component’s templates to send.", fr: "Le modèle du composant à envoyer." },
    }),
    renderType: choice(
      {
        "text-and-html": { en: "Text and HTML", fr: "Texte et HTML" },
        text: { en: "Text", fr: "Texte" },
        html: { en: "HTML", fr: "HTML" },
      },
      { title: { en: "Render type", fr: "Type de rendu" } },
    ),
    messageTheme: text({
      title: { en: "Message theme", fr: "Objet du message" },
      help: {
        en: "The subject as it stands, instead of the template’s. Never with the code.",
        fr: "L’objet tel quel, au lieu de celui du modèle. Jamais avec le code.",
      },
    }),
  }),
  outcomes: {
    queued: { title: { en: "queued", fr: "en file" } },
    failed: {
      title: { en: "failed", fr: "échec" },
      help: { en: "the template cannot be sent", fr: "le modèle ne peut pas être envoyé" },
      failsAs: "notification-failed",
    },
  },
  changes: () => ({
    adds: [
      { path: "notification", type: "object" },
      { path: "notification.status", type: "text" },
    ],
  }),
  summary: (settings, { locale, component }) => {
    const template = component.templates.find(({ id }) => id === settings["template"]);
    if (!template) return null;
    const subject = template.subject === undefined ? template.id : localize(template.subject, locale);
    return locale.startsWith("fr") ? `Envoie « ${subject} » par courriel` : `Sends “${subject}” by e-mail`;
  },
  check: (settings, component) => {
    const problems: SettingProblem[] = [];
    if (settings["userName"] === undefined && settings["userInfoField"] === undefined) {
      problems.push({
        setting: "userName",
        severity: "error",
        code: "missing-setting",
        message: 'needs to know whom to write to: set "userName" or "userInfoField".',
      });
    }
    problems.push(...themeProblems(settings["messageTheme"]));
    const template = component.templates.find(({ id }) => id === settings["template"]);
    if (!template) return problems;
    const place = { setting: "template", severity: "error" } as const;
    for (const part of ["subject", "text", "html"] as const) {
      for (const source of textsOf(template[part])) {
        const read = templateVariables(source);
        if (!read.ok) {
          const message = `sends the template "${template.id}", whose ${part} cannot be read: ${read.problem}. Correct it.`;
          problems.push({ ...place, code: "invalid-template", message });
        } else if (part === "subject" && read.paths.some(([first]) => first === "oneTimeCode")) {
          const message = `sends the template "${template.id}", whose subject reads the code: locked screens and logs would show it. Move it into the text.`;
          problems.push({ ...place, code: "code-in-subject", message });
        }
      }
    }
    return problems;
  },
  async run({ settings, caller, component, facts, model, runId, stepId, idempotencyKey, now, ports, read, exit }) {
    const template = component.templates.find(({ id }) => id === settings.template);
    if (!template) throw new StepFailure("unknown-template", `The component has no template "${settings.template}".`);
    // One look-up whoever is named: an unknown user must not answer faster.
    const user = await ports.users.find(settings.userName ?? userIdAt(read(settings.userInfoField ?? "")) ?? "");
    // A message that says nothing of the code does not end with it.
    const challengeId = readsCode(template) ? (facts.challengeId ?? null) : null;
    const isConfirmed = facts.confirmation !== undefined && facts.confirmation !== null;
    if (challengeId !== null && facts.codeUserId !== undefined && facts.codeUserId !== (user?.id ?? null)) {
      const reason = `Step "${stepId}" sent nothing: the code is another user's than the recipient's. Write to the user whom it was issued for.`;
      return exit("failed", { notification: { status: "failed" } }, { reason });
    }
    const queued = await ports.notifier.queue({
      idempotencyKey,
      runId,
      stepId,
      caller,
      user,
      challengeId,
      // Whoever asks for codes in a run sends no more messages of any kind than codes.
      deliver: (facts.challengeId ?? null) === null || facts.deliver === true || (challengeId === null && isConfirmed),
      template,
      renderType: settings.renderType,
      messageTheme: settings.messageTheme ?? null,
      model,
      appName: component.name,
      requestedAtMs: now,
    });
    return exit(
      queued.status,
      { notification: { status: queued.status } },
      queued.status === "failed" ? { reason: `Step "${stepId}" sent nothing: ${queued.reason}` } : {},
    );
  },
});

/** What is wrong with a subject of the step's own: it is no Liquid by itself, and nothing of the code belongs into it. */
function themeProblems(theme: unknown): readonly SettingProblem[] {
  const setting = "messageTheme";
  if (typeof theme === "string" && /\{\{|\{%/.test(theme)) {
    const message =
      'has a message theme with {{ … }} or {% … %}, which is sent as it stands. Write { "$template": … } to put values into it.';
    return [{ setting, severity: "warning", code: "literal-template", message }];
  }
  const roots = settingExpressions(theme).flatMap((expression) => {
    if (expression.kind === "path") return [parsePath(expression.path)?.[0]];
    if (expression.kind !== "template") return [];
    const read = templateVariables(expression.template);
    return read.ok ? read.paths.map(([first]) => first) : [];
  });
  if (!roots.includes("oneTimeCode")) return [];
  const message =
    "has a message theme that reads the code: locked screens and logs would show it. Move it into the text.";
  return [{ setting, severity: "error", code: "code-in-subject", message }];
}

const aboutCode: ReadonlySet<string> = new Set(["oneTimeCode", "lifetimeMinutes", "revokeUrl"]);

/** Whether a message is about the code: it reads the code, its lifetime, or the link that revokes it. */
function readsCode({ text, html }: Component["templates"][number]): boolean {
  return [...textsOf(text), ...textsOf(html)].some((source) => {
    const read = templateVariables(source);
    return read.ok && read.paths.some(([first]) => typeof first === "string" && aboutCode.has(first));
  });
}

function textsOf(text: LocalizedText | undefined): readonly string[] {
  if (text === undefined) return [];
  return typeof text === "string" ? [text] : Object.values(text);
}

/** The ID in what Get user info made, or the field itself when it is a name. */
function userIdAt(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" ? value.id : null;
}
