import { type Component, componentSchema } from "@onceflow/step-runtime";

/** The path of the dataflow below. */
export const codeFlowPath = "/api/components/code-flow/dataflows/main/execute";

/** Issues a code, stores it in a definition, confirms it from there and tells both: six steps, no script. */
export const codeFlow: Component = componentSchema.parse({
  format: "onceflow/component",
  formatVersion: 1,
  id: "code-flow",
  name: "Code flow",
  definitions: [{ name: "ForTestCode", type: "string" }],
  page: { controls: [] },
  dataflows: [
    {
      id: "main",
      name: "Main",
      stages: [
        {
          id: "all",
          name: "All",
          steps: [
            { id: "model", type: "get-action-model", name: "Get action model" },
            {
              id: "user",
              type: "get-user-info",
              name: "Get user info",
              sources: ["model"],
              settings: { fromRequest: true },
            },
            {
              id: "code",
              type: "get-one-time-code",
              name: "Get one-time code",
              sources: ["user"],
              settings: { userName: { $path: "_user.userName" } },
            },
            {
              id: "store",
              type: "set-definitions",
              name: "Store it",
              sources: ["code"],
              settings: { values: { ForTestCode: { $path: "oneTimeCode.code" } } },
            },
            {
              id: "confirm",
              type: "confirm-one-time-code",
              name: "Confirm it",
              sources: ["store"],
              settings: { userCodeField: "data.ForTestCode" },
            },
            {
              id: "reply",
              type: "write-response",
              name: "Write response",
              sources: ["confirm.confirmed", "confirm.rejected", "confirm.refused"],
              settings: {
                value: { code: { $path: "data.ForTestCode" }, confirmed: { $path: "confirmation.confirmed" } },
              },
            },
          ],
        },
      ],
    },
  ],
});
