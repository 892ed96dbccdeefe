import type { Context, MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { AppEnv } from "../app-env.ts";
import { ProblemError } from "../problems/problem-error.ts";
import { ipClass } from "./ip-class.ts";

/** How many calls of the API are taken in a minute, by each process; pages and health checks are not counted. */
export interface CallRates {
  /** From one network: an IPv4 address or the /64 of an IPv6 address. Calls with a key that is right are not counted. */
  readonly network: number;
  /** With one API key. */
  readonly apiKey: number;
}

const durationSeconds = 60;

/**
 * Takes no more calls than so many from a network, before anything is looked up for them, and from an API key once it is
 * known to be right: at the other end is a program whose one address stands for all its users.
 */
export function limitCalls(
  rates: CallRates,
  { clientAddress }: { clientAddress: (context: Context) => string | null },
): { readonly ofNetwork: MiddlewareHandler<AppEnv>; readonly ofApiKey: MiddlewareHandler<AppEnv> } {
  const networks = new RateLimiterMemory({ points: rates.network, duration: durationSeconds });
  const apiKeys = new RateLimiterMemory({ points: rates.apiKey, duration: durationSeconds });
  return {
    async ofNetwork(context, next) {
      const network = ipClass(clientAddress(context));
      if (network !== null) await count(networks, network);
      await next();
    },
    async ofApiKey(context, next) {
      const { principal } = context.var;
      if (principal.type === "api-key") {
        const network = ipClass(clientAddress(context));
        if (network !== null) await networks.reward(network);
        await count(apiKeys, principal.keyId);
      }
      await next();
    },
  };
}

/** @throws ProblemError `too-many-requests` with Retry-After */
async function count(limiter: RateLimiterMemory, caller: string): Promise<void> {
  try {
    await limiter.consume(caller);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new ProblemError("too-many-requests", `Too many calls came from here. Call again in ${seconds} seconds.`, {
      headers: { "Retry-After": String(seconds) },
    });
  }
}
