/** A component whose dataflow `answer` stops at a gate that the test opens; its definition `Pin` is a secret. */
export const gatedComponent = {
  format: "onceflow/component",
  formatVersion: 1,
  id: "gated",
  name: { en: "Gated", fr: "À barrière" },
  definitions: [
    { name: "Word", type: "string" },
    { name: "Pin", type: "string", secret: true },
  ],
  page: { controls: [] },
  modals: [{ id: "done", title: "Done", controls: [{ type: "label", definition: "Word" }] }],
  templates: [],
  dataflows: [
    {
      id: "answer",
      name: "Answer",
      stages: [
        {
          id: "all",
          name: "All",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            { id: "gate", type: "gate", name: "Gate", sources: ["model"], settings: {} },
            { id: "modal", type: "show-modal", name: "Show modal", sources: ["gate"], settings: { modal: "done" } },
            {
              id: "reply",
              type: "write-response",
              name: "Write response",
              sources: ["modal"],
              settings: { value: { word: { $path: "data.Word" } }, status: 201 },
            },
          ],
        },
      ],
    },
    {
      id: "fail",
      name: "Fail",
      stages: [
        {
          id: "all",
          name: "All",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            { id: "breaks", type: "break", name: "Break", sources: ["model"], settings: {} },
            { id: "reply", type: "write-response", name: "Write response", sources: ["breaks"], settings: {} },
          ],
        },
      ],
    },
  ],
};
