import type { Component } from "../component/component-schema.ts";
import { buildComponent, buildDataflow } from "./component-builder.ts";

const model = { id: "model", type: "get-action-model" };

/**
 * `fork`: one path sets Greeting while another asks for Name, and both meet in a join. `call`: runs `greet`, whose steps
 * have the same ids, with the first of Names and Pin, and answers with what became of it.
 */
export const forksAndCalls: Component = buildComponent({
  id: "forks-and-calls",
  definitions: [
    { name: "Greeting", type: "string" },
    { name: "Name", type: "string" },
    { name: "Names", type: "array" },
    { name: "Pin", type: "string", secret: true },
  ],
  modals: [
    {
      id: "name",
      title: "Your name",
      controls: [
        { type: "text-field", label: "Name", definition: "Name" },
        { type: "button", label: "Send", action: "submit" },
      ],
    },
  ],
  dataflows: [
    buildDataflow(
      [
        model,
        { id: "greeting", type: "set-definitions", sources: ["model"], settings: { values: { Greeting: "Hello" } } },
        { id: "ask", type: "show-modal", sources: ["model"], settings: { modal: "name", mode: "ask" } },
        { id: "join", type: "join-models", sources: ["greeting", "ask.answered"] },
        {
          id: "reply",
          type: "write-response",
          settings: { value: { $template: "{{ data.Greeting }} {{ data.Name }}" } },
        },
      ],
      { id: "fork" },
    ),
    buildDataflow(
      [
        model,
        {
          id: "call",
          type: "execute-dataflow",
          settings: {
            dataflow: "greet",
            input: { Name: { $path: "data.Names.0" }, Pin: { $path: "data.Pin" } },
          },
        },
        {
          id: "reply",
          type: "write-response",
          sources: ["call.ok", "call.failed"],
          settings: { value: { $path: "_result" } },
        },
      ],
      { id: "call" },
    ),
    buildDataflow(
      [
        model,
        {
          id: "reply",
          type: "write-response",
          settings: { value: { name: { $path: "data.Name" }, pin: { $path: "data.Pin" } } },
        },
      ],
      { id: "greet" },
    ),
  ],
});
