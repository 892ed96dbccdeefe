import { describe, expect, it } from "vitest";
import { validateComponent } from "../component/validate-component.ts";
import { createStepRegistry } from "../step/step-registry.ts";
import { mailedCode } from "../testing/mailed-code.ts";
import { builtInSteps } from "./index.ts";

const codesOf = (template: object, settings: object = {}) => {
  const component = structuredClone({
    ...mailedCode,
    templates: [{ ...mailedCode.templates[0], id: "mail", ...template }],
  });
  const mail = component.dataflows[0]?.stages[0]?.steps.find(({ id }) => id === "mail");
  Object.assign(mail?.settings ?? {}, settings);
  return validateComponent(component, createStepRegistry(builtInSteps)).flatMap(({ code, stepId }) =>
    stepId === "mail" ? [code] : [],
  );
};

describe("send-templated-notification", () => {
  it("finds nothing wrong with a template whose code stands in the text", () => {
    expect(codesOf({})).toEqual([]);
  });

  it.each([
    ["a subject with the code", { subject: "{{ oneTimeCode.code }}" }, "code-in-subject"],
    [
      "a French subject with the code",
      { subject: { en: "Code", fr: "{{ oneTimeCode.code | upcase }}" } },
      "code-in-subject",
    ],
    ["a text that is no Liquid", { text: "{% if %}" }, "invalid-template"],
    ["HTML that is no Liquid", { html: "{{ a | }" }, "invalid-template"],
  ])("refuses %s before it runs", (_title, template, code) => {
    expect(codesOf(template)).toEqual([code]);
  });

  it.each([
    ["Your order", []],
    [{ $template: "{{ data.UserName }}, your order" }, []],
    ["Hello {{ data.UserName }}", ["literal-template"]],
    ["{% if", ["literal-template"]],
    [{ $template: "{{ oneTimeCode.code }}" }, ["code-in-subject"]],
    [{ $path: "oneTimeCode.code" }, ["code-in-subject"]],
    [{ $template: "{% if %}" }, ["invalid-template"]],
  ])("says of the message theme %j what is wrong before it runs", (messageTheme, codes) => {
    expect(codesOf({}, { messageTheme })).toEqual(codes);
  });
});
