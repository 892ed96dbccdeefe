import { randomBytes, randomUUID } from "node:crypto";
import { Hono } from "hono";
import { createRemoteJWKSet } from "jose";
import { hashPassword, type HashedPassword, isPassword } from "./password.ts";
import { verifyProof } from "./verify-proof.ts";

/** An account of the shop; `userId` is the same person at Onceflow. */
interface Account {
  readonly userId: string;
  readonly password: HashedPassword;
}

interface ShopOptions {
  /** Where Onceflow is reached, without a slash at the end: the issuer of its proofs. */
  readonly onceflow: string;
  /** The client of the API key: the audience of its proofs. */
  readonly clientId: string;
  readonly apiKey: string;
  readonly accounts: ReadonlyMap<string, Account>;
}

/** What Onceflow answers about a run. */
interface Run {
  readonly runId: string;
  readonly status: string;
  readonly modal?: { readonly token?: string };
  readonly response?: { readonly proof?: string };
}

/** A shop with sign-in in two steps: `POST /password`, which is its own, and `POST /code`, which Onceflow runs. */
export async function createShop({ onceflow, clientId, apiKey, accounts }: ShopOptions): Promise<Hono> {
  const keys = createRemoteJWKSet(new URL(`${onceflow}/.well-known/jwks.json`));
  const nobody = await hashPassword(randomBytes(16).toString("hex"));
  /** The sign-ins whose password was right, and their runs. A shop with many processes keeps them in its sessions. */
  const open = new Map<string, { readonly account: Account; readonly run: Run }>();

  // By the key, whose calls debit no network: those of all customers come from this one address.
  async function call(path: string, body: object): Promise<Run> {
    const headers = { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" };
    const response = await fetch(onceflow + path, { method: "POST", headers, body: JSON.stringify(body) });
    return (await response.json()) as Run;
  }

  return new Hono()
    .post("/password", async (context) => {
      const { name, password } = await context.req.json<{ name: string; password: string }>();
      const account = accounts.get(name);
      // An unknown name takes as long as a wrong password.
      const isRight = await isPassword(password, account?.password ?? nobody);
      if (account === undefined || !isRight) return context.json({ error: "wrong-name-or-password" }, 401);
      const signIn = randomUUID();
      const { userId } = account;
      const body = { user: userId, sessionId: signIn, input: { UserName: userId } };
      const run = await call("/api/components/sign-in-with-mailed-code/dataflows/sign-in/execute", body);
      open.set(signIn, { account, run });
      return context.json({ signIn });
    })
    .post("/code", async (context) => {
      const { signIn, code } = await context.req.json<{ signIn: string; code: string }>();
      const found = open.get(signIn);
      if (found === undefined) return context.json({ error: "start-again" }, 401);
      const { account, run } = found;
      const body = { value: { Code: code }, answerId: randomUUID() };
      const next = await call(`/api/runs/${run.runId}/answers/${run.modal?.token}`, body);
      if (next.status === "suspended") {
        open.set(signIn, { account, run: next });
        return context.json({ error: "wrong-code" }, 401);
      }
      // Single use: whatever comes of it, no second proof counts for this sign-in.
      if (!open.delete(signIn)) return context.json({ error: "start-again" }, 401);
      const expected = { issuer: onceflow, clientId, userId: account.userId, runId: run.runId };
      try {
        await verifyProof(next.response?.proof ?? "", keys, expected);
      } catch {
        return context.json({ error: "start-again" }, 401);
      }
      return context.json({ signedIn: account.userId });
    });
}
