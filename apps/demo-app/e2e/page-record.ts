import type { Page } from "playwright-core";

/** All that a page said and asked for. */
export interface PageRecord {
  /** Console errors, uncaught errors and failed requests; the browser reports breaches of the page's policy as such errors. */
  readonly failures: readonly string[];
  /** Every console message. */
  readonly console: readonly string[];
  /** Every address that the page went to or asked for. */
  readonly urls: readonly string[];
}

/** Writes down what a page does from here on. */
export function recordPage(page: Page): PageRecord {
  const record = { failures: [] as string[], console: [] as string[], urls: [] as string[] };
  page.on("console", (message) => {
    record.console.push(message.text());
    if (message.type() === "error") record.failures.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => record.failures.push(String(error)));
  page.on("framenavigated", (frame) => record.urls.push(frame.url()));
  page.on("request", (request) => record.urls.push(request.url()));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // The page closes the stream of events once a run is over; a link that turns out to be a download goes nowhere.
    if (reason === "net::ERR_ABORTED" && (request.url().endsWith("/events") || request.isNavigationRequest())) return;
    record.failures.push(`${request.method()} ${request.url()}: ${reason}`);
  });
  return record;
}
