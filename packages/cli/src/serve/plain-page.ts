import type { Context } from "hono";
import { html } from "hono/html";

/** What a page without scripts is made of. */
interface PlainPage {
  readonly title: string;
  readonly body: ReturnType<typeof html>;
  /** Loads itself again after so many seconds. */
  readonly refreshSeconds?: number;
}

/** Whether the browser's first language is French. */
export function prefersFrench(context: Context): boolean {
  return /^\s*fr\b/i.test(context.req.header("Accept-Language") ?? "");
}

/** Answers a page without scripts, which nobody stores. */
export function plainPage(context: Context, { title, body, refreshSeconds }: PlainPage): Response | Promise<Response> {
  context.header("Cache-Control", "no-store");
  return context.html(
    html`<!doctype html>
      <html lang="${prefersFrench(context) ? "fr" : "en"}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          ${refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
          <title>${title}</title>
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
              line-height: 1.25;
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
            button {
              font: inherit;
              font-weight: 600;
              margin-top: 1rem;
              padding: 0.65rem 1.1rem;
              border: 0;
              border-radius: 8px;
              background: #2f5bd3;
              color: #fff;
              cursor: pointer;
            }
            button:focus-visible {
              outline: 3px solid #8fb0ff;
              outline-offset: 2px;
            }
          </style>
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            ${body}
          </main>
        </body>
      </html>`,
  );
}
