import { Validator } from "@seriousme/openapi-schema-validator";
import { createFixedClock } from "@onceflow/step-runtime/memory";
import { describe, expect, it } from "vitest";
import { createMetrics } from "../metrics/create-metrics.ts";
import { problemKinds } from "../problems/problem-kinds.ts";
import { createTestServer } from "../testing/create-test-server.ts";
import { createTestTrail } from "../testing/test-trail.ts";

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, unknown>> }>
  >;
}

/** The document of a server with every route there is. */
async function readDocument(): Promise<Described> {
  const clock = createFixedClock();
  const outbox = { backlog: async () => ({ waiting: 0, oldestAgeMs: 0 }) };
  const { app } = await createTestServer({ metrics: createMetrics({ audit: createTestTrail(), outbox, clock }) });
  return (await (await app.request("/openapi.json")).json()) as Described;
}

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const document = await readDocument();
    expect(document.openapi).toBe("3.1.0");
    expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
  });

  it("gives every route a name, a summary, a tag, its credentials and known problems", async () => {
    const { paths } = await readDocument();
    const operations = Object.values(paths).flatMap((item) => Object.values(item));
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(operations.length);
    for (const { operationId, summary, tags, security, responses } of operations) {
      expect([operationId, summary, tags, security]).not.toContain(undefined);
      for (const [status, { description, content = {} }] of Object.entries(responses)) {
        if (!("application/problem+json" in content)) continue;
        for (const code of description.split(", ")) {
          expect(problemKinds).toHaveProperty(code, expect.objectContaining({ status: Number(status) }));
        }
      }
    }
  });
});
