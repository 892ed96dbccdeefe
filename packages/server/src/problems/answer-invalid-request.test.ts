import { createRoute, z } from "@hono/zod-openapi";
import { describe, expect, it } from "vitest";
import { createTestServer } from "../testing/create-test-server.ts";

const echo = createRoute({
  method: "post",
  path: "/api/echo",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({
            count: z.int().max(9).optional(),
            list: z.array(z.strictObject({ on: z.boolean() })).optional(),
            kind: z.enum(["a", "b"]).optional(),
          }),
        },
      },
    },
  },
  responses: { 204: { description: "Well done." } },
});

describe("answerInvalidRequest", () => {
  it.each([
    [{ "482913": 1 }, "unrecognized_keys", ""],
    [{ list: [{ on: true, "482913": 1 }] }, "unrecognized_keys", "/list/0"],
    [{ count: 482913 }, "too_big", "/count"],
    [{ count: "482913" }, "invalid_type", "/count"],
    [{ kind: "482913" }, "invalid_value", "/kind"],
  ])("repeats no key and no value of %j, for a host's own strict schema too", async (body, code, pointer) => {
    const { app, visit } = await createTestServer();
    app.openapi(echo, (context) => context.body(null, 204));
    const response = await (await visit()).post("/api/echo", body);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).not.toContain("482913");
    expect(JSON.parse(text)).toMatchObject({ code: "invalid-request", issues: [{ code, pointer }] });
  });
});
