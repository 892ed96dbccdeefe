import { plainPage, prefersFrench } from "@onceflow/cli/serve";
import type { AppEnv } from "@onceflow/server";
import type { Hono } from "hono";
import { html } from "hono/html";
import type { MailCatcher } from "./mail-catcher.ts";

/** What the demo's mail server caught: `/inbox.json` for programs, `/inbox` for people. */
export function addInboxPage(app: Hono<AppEnv>, { mails }: Pick<MailCatcher, "mails">): void {
  app.get("/inbox.json", (context) => {
    context.header("Cache-Control", "no-store");
    return context.json(mails());
  });
  app.get("/inbox", (context) => {
    const words = prefersFrench(context)
      ? {
          title: "Courrier de la démo",
          none: "Aucun courriel pour l’instant. Demandez un code, puis revenez ici.",
          to: "À",
        }
      : { title: "The demo’s inbox", none: "No mail yet. Ask for a code, then come back.", to: "To" };
    const caught = mails().map(
      ({ to, subject, text, at }) =>
        html`<article>
          <h2>${subject}</h2>
          <p class="meta">${words.to} ${to} · <time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time></p>
          <pre>${text}</pre>
        </article>`,
    );
    const body = caught.length === 0 ? html`<p>${words.none}</p>` : html`${caught}`;
    return plainPage(context, { title: words.title, body, refreshSeconds: 3 });
  });
}
