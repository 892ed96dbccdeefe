import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "./run-events.ts";
import { initialRunState, nextRunState } from "./run-state.ts";

const stepId = fc.constantFrom("a", "b", "c");
const activation = fc.integer({ min: 1, max: 3 });
const at = fc.nat();
const error = fc.record({ code: fc.constant("no-luck"), message: fc.string(), stepId });
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ type: fc.constant("step-started" as const), stepId, activation, at }),
  fc.record({
    type: fc.constant("step-finished" as const),
    stepId,
    activation,
    outcome: fc.constant("ok"),
    output: fc.constant({}),
    at,
  }),
  fc.record({ type: fc.constant("step-failed" as const), stepId, activation, error, at }),
  fc.record({ type: fc.constant("modal-shown" as const), stepId, modalId: fc.constant("code"), at }),
  fc.record({
    type: fc.constant("response-written" as const),
    stepId,
    status: fc.constantFrom(200, 404),
    response: fc.constant(null),
    at,
  }),
  fc.record({ type: fc.constant("run-completed" as const), at }),
  fc.record({ type: fc.constant("run-failed" as const), error, at }),
);
const replay = (events: readonly RunEvent[], from = initialRunState) => events.reduce(nextRunState, from);

describe("nextRunState", () => {
  it("gives the same state however the events are cut", () => {
    fc.assert(
      fc.property(fc.array(event), fc.nat(), (events, cut) => {
        const middle = events.length === 0 ? 0 : cut % events.length;
        expect(replay(events.slice(middle), replay(events.slice(0, middle)))).toEqual(replay(events));
      }),
    );
  });

  it("never changes the state it was given", () => {
    fc.assert(
      fc.property(fc.array(event), event, (events, next) => {
        const state = replay(events);
        const before = structuredClone(state);
        nextRunState(state, next);
        expect(state).toEqual(before);
      }),
    );
  });

  it("keeps the first response", () => {
    const responses: RunEvent[] = [
      { type: "response-written", stepId: "a", status: 200, response: "first", at: 1 },
      { type: "response-written", stepId: "b", status: 404, response: "second", at: 2 },
    ];
    expect(replay(responses)).toMatchObject({ response: "first", responseStatus: 200 });
  });
});
