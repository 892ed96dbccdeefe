import type { Client, Clients, User, Users } from "@onceflow/step-runtime";
import type { Session } from "./session.ts";

/** What a page may know of its session. */
export interface SessionDescription {
  readonly csrfToken: string;
  readonly user: Pick<User, "id" | "userName"> | null;
  readonly client: Pick<Client, "id" | "name" | "test">;
  readonly testMode: boolean;
  readonly locale: "en" | "fr";
}

/** Describes a session for its page, in the language that the browser prefers. */
export async function describeSession(
  session: Session,
  {
    users,
    clients,
    testMode,
    acceptLanguage,
  }: { users: Users; clients: Clients; testMode: boolean; acceptLanguage?: string | undefined },
): Promise<SessionDescription> {
  const user = session.userId === null ? null : await users.find(session.userId);
  const client = await clients.get(session.clientId);
  return {
    csrfToken: session.csrfToken,
    user: user === null ? null : { id: user.id, userName: user.userName },
    client: { id: session.clientId, name: client?.name ?? session.clientId, test: client?.test ?? false },
    testMode,
    locale: preferredLocale(acceptLanguage ?? ""),
  };
}

function preferredLocale(acceptLanguage: string): "en" | "fr" {
  const ranked = acceptLanguage
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { language: tag.split("-", 1)[0], quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
    })
    .filter(({ language, quality }) => (language === "en" || language === "fr") && quality > 0)
    .toSorted((left, right) => right.quality - left.quality);
  return ranked[0]?.language === "fr" ? "fr" : "en";
}
