import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ipClass } from "./ip-class.ts";

/**
 * The network whose budgets a call debits. Null for an API key: at the other end is the client's own program, whose one
 * address stands for all its users; the budgets of the client and of each user hold for it.
 */
export function networkOf(
  context: Context<AppEnv>,
  { clientAddress }: { clientAddress: (context: Context) => string | null },
): string | null {
  return context.var.principal.type === "api-key" ? null : ipClass(clientAddress(context));
}
