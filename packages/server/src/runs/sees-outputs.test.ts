import { describe, expect, it } from "vitest";
import type { Scope } from "@onceflow/step-runtime";
import { createTestServer } from "../testing/create-test-server.ts";
import { gatedComponent } from "../testing/gated-component.ts";

const lookUp = {
  ...gatedComponent,
  dataflows: [
    {
      id: "look-up",
      name: "Look up",
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
              settings: { userName: { $path: "data.Word" } },
            },
            { id: "reply", type: "write-response", name: "Write response", sources: ["user"], settings: { value: 1 } },
          ],
        },
      ],
    },
  ],
};

/** What a session of these scopes is told of a run that looked up this name, by whichever way; without ids and times. */
async function told(name: string, scopes: readonly Scope[]): Promise<string> {
  const { visit, program } = await createTestServer({ visitor: { clientId: "portal", userId: null, scopes } });
  const author = await program("portal", "author");
  await author.put("/api/components/gated", lookUp);
  await author.post("/api/components/gated/publish", {});
  const visitor = await visit();
  const started = await visitor.post("/api/components/gated/dataflows/look-up/execute", { input: { Word: name } });
  const execution = await started.text();
  const { runId } = JSON.parse(execution) as { runId: string };
  const others = ["", "/steps", "/events"].map(async (path) => (await visitor.get(`/api/runs/${runId}${path}`)).text());
  return [execution, ...(await Promise.all(others))].join("\n").replaceAll(runId, "run").replaceAll(name, "name");
}

describe("the steps of a run", () => {
  it("tell an end user nothing of whom they looked up, nor whether there is one", async () => {
    expect(await told("alice", ["execute"])).toBe(await told("nobody", ["execute"]));
  });

  it.each(["author", "operate"] as const)("show a session of scope %s too what they made", async (scope) => {
    const text = await told("alice", ["execute", scope]);
    expect(text.split("Laurent")).toHaveLength(4);
  });
});
