import { html } from "hono/html";

/** A description: what stands between backticks is code. */
export function prose(text: string): ReturnType<typeof html>[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
