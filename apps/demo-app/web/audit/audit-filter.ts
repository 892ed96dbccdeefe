/** What of the trail is shown, as it stands in the form: an empty text asks for everything. */
export interface AuditFilter {
  readonly events: readonly string[];
  readonly user: string;
  readonly client: string;
  readonly run: string;
  readonly challenge: string;
  /** Local time, such as `2026-11-26T10:42`. */
  readonly from: string;
  readonly to: string;
}

/** Everything. */
export const wholeTrail: AuditFilter = {
  events: [],
  user: "",
  client: "",
  run: "",
  challenge: "",
  from: "",
  to: "",
};

const textNames = ["user", "client", "run", "challenge", "from", "to"] as const;

/** How many of its fields leave something out. */
export function countFilters(filter: AuditFilter): number {
  return textNames.filter((name) => filter[name] !== "").length + (filter.events.length > 0 ? 1 : 0);
}

/** The filter of a page's address, so that a view of the trail can be sent to somebody. */
export function filterOfAddress(search: string): AuditFilter {
  const query = new URLSearchParams(search);
  const texts = Object.fromEntries(textNames.map((name) => [name, query.get(name) ?? ""]));
  return { ...wholeTrail, ...texts, events: query.get("event")?.split(",").filter(Boolean) ?? [] };
}

/** An address with this filter; what else it asks for stays. */
export function addressOfFilter(search: string, filter: AuditFilter): string {
  const query = new URLSearchParams(search);
  for (const name of textNames) {
    if (filter[name] === "") query.delete(name);
    else query.set(name, filter[name]);
  }
  if (filter.events.length === 0) query.delete("event");
  else query.set("event", filter.events.join(","));
  return query.size === 0 ? "?" : `?${query}`;
}
