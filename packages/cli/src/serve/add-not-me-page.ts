import type { RevokeLinks } from "@onceflow/notifications";
import type { AppEnv } from "@onceflow/server";
import type { OneTimeCodeOperations } from "@onceflow/step-runtime";
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { plainPage, prefersFrench } from "./plain-page.ts";

const texts = {
  en: {
    title: "Did you not ask for this code?",
    explain:
      "Then somebody else typed your name. Nobody gets in without the code. Press the button to make it useless.",
    button: "This was not me",
    done: "The code no longer works",
    doneExplain: "You need not do anything else. Never tell a code to anybody who asks for it.",
    over: "This link is over",
    overExplain: "The code has expired or was used: nothing can be done with it any more.",
  },
  fr: {
    title: "Vous n’avez pas demandé ce code ?",
    explain:
      "Quelqu’un d’autre a alors saisi votre nom. Personne n’entre sans le code. Appuyez sur le bouton pour l’annuler.",
    button: "Ce n’était pas moi",
    done: "Le code ne fonctionne plus",
    doneExplain: "Vous n’avez rien d’autre à faire. Ne donnez jamais un code à quelqu’un qui vous le demande.",
    over: "Ce lien n’est plus valable",
    overExplain: "Le code a expiré ou a été utilisé : on ne peut plus rien en faire.",
  },
} as const;

/**
 * The page behind "this was not me" in a mail. Opening it changes nothing, since mail scanners open every link; its
 * button revokes the code. Whoever has the mail may press it, so it needs no session.
 */
export function addNotMePage(
  app: Hono<AppEnv>,
  { links, codes }: { links: RevokeLinks; codes: Pick<OneTimeCodeOperations, "revokeByUser"> },
): void {
  app.get("/not-me/:token", async (context) => {
    const words = wordsFor(context);
    const challengeId = await links.read(context.req.param("token"));
    if (challengeId === null) return page(context, words.over, words.overExplain, null);
    return page(context, words.title, words.explain, words.button);
  });
  app.post("/not-me/:token", async (context) => {
    const words = wordsFor(context);
    const challengeId = await links.read(context.req.param("token"));
    const revoked = challengeId !== null && (await codes.revokeByUser(challengeId));
    return revoked
      ? page(context, words.done, words.doneExplain, null)
      : page(context, words.over, words.overExplain, null);
  });
}

function wordsFor(context: Context): (typeof texts)["en"] | (typeof texts)["fr"] {
  return prefersFrench(context) ? texts.fr : texts.en;
}

function page(context: Context, title: string, explain: string, button: string | null): Response | Promise<Response> {
  const form = button === null ? "" : html`<form method="post"><button type="submit">${button}</button></form>`;
  return plainPage(context, {
    title,
    body: html`<p>${explain}</p>
      ${form}`,
  });
}
