import type { Component } from "../component/component-schema.ts";
import { parseComponent } from "../component/parse-component.ts";

/** A small sign-in: a code is issued and mailed, asked for, and confirmed; a wrong one may be corrected, another one sent. */
export const mailedCode: Component = read({
  format: "onceflow/component",
  formatVersion: 1,
  id: "mailed-code",
  name: "Sign in",
  definitions: [
    { name: "UserName", type: "string" },
    { name: "Code", type: "string", secret: true },
  ],
  modals: [
    {
      id: "enter",
      title: "Enter the code",
      controls: [
        { type: "text-field", definition: "Code", inputMode: "one-time-code" },
        { type: "button", label: "Sign in", action: "submit" },
      ],
    },
  ],
  templates: [
    { id: "mail", subject: "Your code", text: "{{ oneTimeCode.code }} for {{ data.UserName }}, typed {{ data.Code }}" },
  ],
  dataflows: [
    {
      id: "sign-in",
      name: "Sign in",
      stages: [
        {
          id: "only",
          name: "Only",
          steps: [
            { id: "model", type: "get-action-model", name: "Model" },
            {
              id: "code",
              type: "get-one-time-code",
              name: "Code",
              sources: ["model", "ask.resend"],
              settings: { userName: { $path: "data.UserName" } },
            },
            {
              id: "mail",
              type: "send-templated-notification",
              name: "Mail",
              sources: ["code"],
              settings: { userName: { $path: "data.UserName" }, template: "mail" },
            },
            {
              id: "ask",
              type: "show-modal",
              name: "Ask",
              sources: ["mail", "confirm.rejected"],
              settings: { modal: "enter", mode: "ask", timeoutSeconds: 120 },
            },
            {
              id: "confirm",
              type: "confirm-one-time-code",
              name: "Confirm",
              sources: ["ask"],
              settings: { userCodeField: "data.Code" },
            },
            {
              id: "in",
              type: "write-response",
              name: "In",
              sources: ["confirm.confirmed"],
              settings: { value: { confirmed: true } },
            },
            {
              id: "out",
              type: "write-response",
              name: "Out",
              sources: ["confirm.refused", "ask.dismissed"],
              settings: { value: { confirmed: false } },
            },
          ],
        },
      ],
    },
  ],
});

function read(document: object): Component {
  const { component } = parseComponent(JSON.stringify(document));
  if (component === null) throw new Error("The sample component cannot be read.");
  return component;
}
