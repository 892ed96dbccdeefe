import * as z from "zod";
import { callApi } from "../api/call-api.ts";

const sessionSchema = z.object({
  csrfToken: z.string(),
  user: z.object({ id: z.string(), userName: z.string() }).nullable(),
  client: z.object({ id: z.string(), name: z.string(), test: z.boolean() }),
  testMode: z.boolean(),
  locale: z.string(),
});

const choicesSchema = z.object({
  users: z.array(z.object({ userName: z.string(), enabled: z.boolean(), hasAddress: z.boolean() })),
  clients: z.array(z.object({ id: z.string(), name: z.string(), test: z.boolean() })),
});

/** Who the page acts as. */
export type DemoSession = z.output<typeof sessionSchema>;
/** Who it could act as. */
export type DemoChoices = z.output<typeof choicesSchema>;

/** The page's session. */
export async function loadSession(): Promise<DemoSession> {
  return sessionSchema.parse(await (await callApi("/api/session")).json());
}

/** The users and clients of the demo. */
export async function loadChoices(): Promise<DemoChoices> {
  return choicesSchema.parse(await (await callApi("/api/demo/choices")).json());
}

/** Starts a new session as somebody else. */
export async function signIn(
  as: { userName: string | null; clientId: string },
  { csrfToken }: { csrfToken: string },
): Promise<DemoSession> {
  const response = await callApi("/api/session", { method: "POST", csrfToken, body: JSON.stringify(as) });
  return sessionSchema.parse(await response.json());
}
