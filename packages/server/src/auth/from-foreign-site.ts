import type { Context } from "hono";

/**
 * Whether a browser says that a page of another site or port sent this request (Fetch Metadata, `Sec-Fetch-Site`).
 * Programs say nothing: they are nobody's browser.
 */
export function fromForeignSite(context: Context): boolean {
  const site = context.req.header("Sec-Fetch-Site");
  return site !== undefined && site !== "same-origin" && site !== "none";
}
