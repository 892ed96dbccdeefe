import { type JsonObject, type Model, type RunEvent, Secret, readSecret, secretMask } from "@onceflow/step-runtime";
import { caller, ports } from "./for-test-code-ports.ts";

// The floor: the seven steps as straight-line code that does the same work for the same result. Same ports, same 18
// events with masked outputs, same models, same shown modal and response; no graph, no settings, no registry.

function mask(value: unknown): unknown {
  if (value instanceof Secret) return secretMask;
  if (typeof value === "string")
    return value.includes("@") ? value.replaceAll(/([^\s@]{1,64})@([\w.-]{1,253})/g, "•••@$2") : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(mask);
  const masked: Record<string, unknown> = {};
  for (const key in value) masked[key] = mask((value as Record<string, unknown>)[key]);
  return masked;
}

function show(value: unknown): unknown {
  return value instanceof Secret ? (readSecret(value) ?? secretMask) : value;
}

function open(value: unknown): unknown {
  if (value instanceof Secret) return show(value);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, open(entry)]));
}

function holdsSecret(value: unknown): boolean {
  if (value instanceof Secret) return readSecret(value) !== null;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => isSame((a as JsonObject)[key], (b as JsonObject)[key]))
  );
}

/** Get code of ForTestCode, by plain calls. */
export async function runPlain(): Promise<unknown> {
  const events: RunEvent[] = [];
  const start = (stepId: string): void =>
    void events.push({ type: "step-started", stepId, activation: 1, at: Date.now() });
  const finish = (stepId: string, data: Model): void =>
    void events.push({
      type: "step-finished",
      stepId,
      activation: 1,
      outcome: "ok",
      output: mask(data) as JsonObject,
      at: Date.now(),
    });
  events.push({ type: "run-started", runId: "run", dataflowId: "get-code", at: Date.now() });

  start("model");
  let data: Model = { data: { ForTestCode: null } };
  let model: Model = { ...data };
  finish("model", data);

  start("user");
  const user = await ports.users.find(caller.userId ?? "");
  data = {
    _user: user && {
      id: user.id,
      userName: user.userName,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      locale: user.locale,
    },
  };
  model = { ...model, ...data };
  finish("user", data);

  start("code");
  const typedName = (model["_user"] as { userName: string }).userName;
  const client = await ports.clients.get(caller.clientId);
  const owner = await ports.users.find(typedName);
  const issued = await ports.oneTimeCodes.issue({
    idempotencyKey: "run/code/1",
    runId: "run",
    stepId: "code",
    user: owner,
    typedName,
    client: { id: caller.clientId, test: client?.test ?? false },
    sessionId: caller.sessionId,
    purpose: "second_factor",
    alphabet: "digits",
    length: 6,
    lifetimeSeconds: 300,
  });
  const { channel, destination, expiresAt, length, resendAvailableAt } = issued;
  data = {
    oneTimeCode: {
      channel,
      destination,
      expiresAt,
      length,
      resendAvailableAt,
      code: new Secret("issued", issued.revealedCode),
    },
  };
  model = { ...model, ...data };
  finish("code", data);

  start("script");
  const item = Object.fromEntries(Object.entries(model).map(([name, value]) => [name, open(value)])) as JsonObject;
  const script = await ports.scriptRunner.run({ language: "javascript", code: "", item });
  if (!script.ok) throw new Error(script.error.message);
  data = {};
  const isSecret = holdsSecret(model);
  for (const [name, value] of Object.entries(script.item)) {
    if (!isSame(item[name], value)) data = { ...data, [name]: isSecret ? new Secret("issued", value) : value };
  }
  model = { ...model, ...data };
  finish("script", data);

  start("store");
  const code = model["new_code"] ?? null;
  if (typeof (code instanceof Secret ? readSecret(code) : code) !== "string") throw new Error("ForTestCode is a text.");
  data = { data: { ForTestCode: code } };
  model = { ...model, data: { ...(model["data"] as Model), ...(data["data"] as Model) } };
  finish("store", data);

  start("modal");
  const shown = {
    id: "code",
    controls: [{ type: "label", value: show((model["data"] as Model)["ForTestCode"]) }, { type: "button" }],
  };
  finish("modal", {});
  events.push({ type: "modal-shown", stepId: "modal", modalId: shown.id, at: Date.now() });

  start("reply");
  const response = { ForTestCode: show((model["data"] as Model)["ForTestCode"]) };
  finish("reply", {});
  events.push({
    type: "response-written",
    stepId: "reply",
    status: 200,
    response: mask(model["data"]) as JsonObject,
    at: Date.now(),
  });
  events.push({ type: "run-completed", at: Date.now() });
  if (events.length !== 18) throw new Error(`Expected 18 events, got ${events.length}.`);
  return response.ForTestCode;
}
