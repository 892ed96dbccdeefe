import { type JsonObject, type Model, type RunEvent, Secret, readSecret } from "@onceflow/step-runtime";
import { caller, ports } from "./for-test-code-ports.ts";
import { holdsSecret, isSame, mask, open, show } from "./plain-work.ts";

// The floor: the seven steps as straight-line code that does the same work for the same result. Same ports, same 18
// events with masked outputs, same models, same shown modal and response; no graph, no settings, no registry.

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
    ipClass: caller.ipClass,
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
