import { createRemoteJWKSet } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShop } from "./create-shop.ts";
import { hashPassword } from "./password.ts";
import { type Onceflow, startOnceflow } from "./testing/start-onceflow.ts";
import { verifyProof } from "./verify-proof.ts";

const password = "correct horse";
let onceflow: Onceflow;
let apiKey: string;
let shop: Awaited<ReturnType<typeof createShop>>;

beforeAll(async () => {
  onceflow = await startOnceflow();
  apiKey = await onceflow.command("client", "add", "shop", "--scopes", "execute", "--test");
  const account = async (userId: string) => ({ userId, password: await hashPassword(password) });
  shop = await createShop({
    onceflow: onceflow.url,
    clientId: "shop",
    apiKey,
    accounts: new Map([
      ["dana", await account("user-demo")],
      ["alice", await account("user-alice")],
    ]),
  });
});
afterAll(() => onceflow.stop());

/** Sends a form of the shop; the status, and what it answered. */
async function post(path: string, body: object): Promise<[number, { readonly [key: string]: string }]> {
  const response = await shop.request(path, { method: "POST", body: JSON.stringify(body) });
  return [response.status, (await response.json()) as { [key: string]: string }];
}

/** Runs the flow for alice as the shop does; the run, and its proof. */
async function confirmedRun(mails: number): Promise<{ runId: string; proof: string }> {
  const call = async (path: string, bearer: string, body: object) => {
    const headers = { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" };
    return (await fetch(onceflow.url + path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const body = { user: "alice", sessionId: crypto.randomUUID(), input: { UserName: "alice" } };
  const path = "/api/components/sign-in-with-mailed-code/dataflows/sign-in/execute";
  const { runId, modal } = (await call(path, apiKey, body)) as {
    runId: string;
    modal: { token: string };
  };
  const value = { Code: await onceflow.mailedCode("alice@example.test", mails) };
  const answered = await call(`/api/runs/${runId}/answers/${modal.token}`, apiKey, { answerId: "a-1", value });
  return { runId, proof: (answered as { response: { proof: string } }).response.proof };
}

describe("the shop", () => {
  it("signs in who has the password and the code, each sign-in once", async () => {
    const [, { signIn }] = await post("/password", { name: "dana", password });
    const code = await onceflow.mailedCode("demo@example.test", 1);
    const wrong = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);
    expect(await post("/code", { signIn, code: wrong })).toEqual([401, { error: "wrong-code" }]);
    expect(await post("/code", { signIn, code })).toEqual([200, { signedIn: "user-demo" }]);
    expect(await post("/code", { signIn, code })).toEqual([401, { error: "start-again" }]);
  });

  it("asks for no code while the password or the name is wrong", async () => {
    const before = (await onceflow.mails()).length;
    for (const name of ["alice", "nobody"]) {
      expect(await post("/password", { name, password: "battery staple" })).toEqual([
        401,
        { error: "wrong-name-or-password" },
      ]);
    }
    expect(await onceflow.mails()).toHaveLength(before);
  });

  it("takes a proof for its own run, user, client and issuer only, and no changed one", async () => {
    const [one, other] = [await confirmedRun(1), await confirmedRun(2)];
    const keys = createRemoteJWKSet(new URL(`${onceflow.url}/.well-known/jwks.json`));
    const expected = { issuer: onceflow.url, clientId: "shop", userId: "user-alice", runId: one.runId };
    await verifyProof(one.proof, keys, expected);
    for (const wrong of [
      { runId: other.runId },
      { userId: "user-demo" },
      { clientId: "portal" },
      { issuer: "http://127.0.0.1:1" },
    ]) {
      await expect(verifyProof(one.proof, keys, { ...expected, ...wrong })).rejects.toThrow(/claim|another run/);
    }
    const [header = "", , signature = ""] = one.proof.split(".");
    const swapped = `${header}.${other.proof.split(".")[1] ?? ""}.${signature}`;
    await expect(verifyProof(swapped, keys, { ...expected, runId: other.runId })).rejects.toThrow("signature");
    await expect(verifyProof("", keys, expected)).rejects.toThrow();
  });
});
