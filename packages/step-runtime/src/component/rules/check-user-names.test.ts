import { describe, expect, it } from "vitest";
import { createStepRegistry } from "../../step/step-registry.ts";
import { builtInSteps } from "../../steps/index.ts";
import { buildComponent, buildDataflow, type StepSketch } from "../../testing/component-builder.ts";
import { validateComponent } from "../validate-component.ts";

const registry = createStepRegistry(builtInSteps);
const typed = { $path: "data.UserName" };

/** A dataflow that looks a user up and issues a code; the steps between stand between. */
function issuesOf(lookUp: object, userName: unknown, between: readonly StepSketch[] = []) {
  const steps: StepSketch[] = [
    { id: "model", type: "get-action-model" },
    { id: "user", type: "get-user-info", settings: { ...lookUp } },
    ...between,
    { id: "code", type: "get-one-time-code", settings: { userName } },
    { id: "reply", type: "write-response" },
  ];
  const definitions = [{ name: "UserName", type: "string" as const }];
  return validateComponent(buildComponent({ definitions, dataflows: [buildDataflow(steps)] }), registry);
}

describe("user-name-lost", () => {
  it("warns of a code for a user who was looked up by what somebody typed, and says what to take", () => {
    expect(issuesOf({ userName: typed }, { $path: "_user.userName" })).toEqual([
      {
        severity: "warning",
        code: "user-name-lost",
        message:
          'Step "code" takes "userName" from "_user.userName", which step "user" leaves null when nobody has the name that was typed: an unknown user would look different from a known one. Take it from "data.UserName", by which step "user" looks the user up.',
        pointer: "/dataflows/0/stages/0/steps/2/settings/userName/$path",
        dataflowId: "main",
        stepId: "code",
        fixes: ['Replace "_user.userName" by "data.UserName".'],
      },
    ]);
  });

  it.each([
    ["by a link field", { userInfoField: "data.UserName" }, { $path: "_user.id" }],
    ["into another variable", { userName: typed, resultStoreField: "_who" }, { $path: "_who.email" }],
    ["and read in a template", { userName: typed }, { $template: "{{ _user.userName }}" }],
    ["by a template", { userName: { $template: "{{ data.UserName }}" } }, { $path: "_user.userName" }],
  ])("warns of a user who was looked up %s", (_how, lookUp, userName) => {
    expect(issuesOf(lookUp, userName).map(({ code }) => code)).toEqual(["user-name-lost"]);
  });

  it("looks over the steps between, up to the one that writes the variable last", () => {
    const store: StepSketch = { id: "store", type: "set-definitions", settings: { values: {} } };
    const script: StepSketch = { id: "script", type: "execute-script", settings: { language: "javascript", code: "" } };
    const again: StepSketch = { id: "again", type: "get-user-info", settings: { fromRequest: true } };
    const lost = (between: readonly StepSketch[]) =>
      issuesOf({ userName: typed }, { $path: "_user.userName" }, between).map(({ code }) => code);
    expect(lost([store, script])).toEqual(["user-name-lost"]);
    expect(lost([store, again])).toEqual([]);
  });

  it.each([
    ["the user of the request: no name was typed", { fromRequest: true }, { $path: "_user.userName" }],
    ["a user whom the component names itself", { userName: "demo" }, { $path: "_user.userName" }],
    ["the name as it was typed", { userName: typed }, typed],
    ["a fixed name", { userName: typed }, "demo"],
  ])("has nothing against %s", (_what, lookUp, userName) => {
    expect(issuesOf(lookUp, userName)).toEqual([]);
  });
});
