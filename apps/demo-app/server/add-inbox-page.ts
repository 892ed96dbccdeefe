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
    context.header("Cache-Control", "no-store");
    const french = /^\s*fr\b/i.test(context.req.header("Accept-Language") ?? "");
    const words = french
      ? {
          title: "Courrier de la démo",
          none: "Aucun courriel pour l’instant. Demandez un code, puis revenez ici.",
          to: "À",
        }
      : { title: "The demo’s inbox", none: "No mail yet. Ask for a code, then come back.", to: "To" };
    return context.html(
      html`<!doctype html>
        <html lang="${french ? "fr" : "en"}">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta http-equiv="refresh" content="3" />
            <title>${words.title}</title>
            <style>
              :root {
                color-scheme: light dark;
                font:
                  16px/1.5 system-ui,
                  sans-serif;
              }
              body {
                margin: 0 auto;
                max-width: 44rem;
                padding: 1.5rem;
              }
              h1 {
                font-size: 1.375rem;
              }
              article {
                border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
                border-radius: 12px;
                margin: 1rem 0;
                padding: 1rem 1.25rem;
              }
              h2 {
                font-size: 1.05rem;
                margin: 0;
                overflow-wrap: anywhere;
              }
              .meta {
                color: color-mix(in srgb, currentColor 65%, transparent);
                font-size: 0.875rem;
                margin: 0.125rem 0 0.75rem;
              }
              pre {
                font: inherit;
                margin: 0;
                overflow-wrap: anywhere;
                white-space: pre-wrap;
              }
            </style>
          </head>
          <body>
            <h1>${words.title}</h1>
            ${mails().length === 0 ? html`<p>${words.none}</p>` : ""}
            ${mails().map(
              ({ to, subject, text, at }) =>
                html`<article>
                  <h2>${subject}</h2>
                  <p class="meta">
                    ${words.to} ${to} · <time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time>
                  </p>
                  <pre>${text}</pre>
                </article>`,
            )}
          </body>
        </html>`,
    );
  });
}
