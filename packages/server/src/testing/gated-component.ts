/** A component whose dataflow `answer` stops at a gate that the test opens, and `ask` at a modal; its definition `Pin` is a secret. */
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
  modals: [
    { id: "done", title: "Done", controls: [{ type: "label", definition: "Word" }] },
    {
      id: "word",
      title: "Which word?",
      controls: [
        { type: "text-field", label: "Word", definition: "Word" },
        { type: "button", label: "Submit", action: "submit" },
      ],
    },
  ],
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
    ...["ask", "ask-briefly"].map((id) => ({
      id,
      name: "Ask",
      stages: [
        {
          id: "all",
          name: "All",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            {
              id: "modal",
              type: "show-modal",
              name: "Show modal",
              sources: ["model"],
              settings: { modal: "word", mode: "ask", ...(id === "ask" ? {} : { timeoutSeconds: 60 }) },
            },
            {
              id: "reply",
              type: "write-response",
              name: "Write response",
              sources: ["modal.answered", "modal.resend", "modal.dismissed", "modal.timeout"],
              settings: { value: { word: { $path: "data.Word" } } },
            },
          ],
        },
      ],
    })),
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
