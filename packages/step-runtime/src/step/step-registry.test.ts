import * as z from "zod";
import { describe, expect, expectTypeOf, it } from "vitest";
import { builtInSteps } from "../steps/index.ts";
import { type BuiltInPorts, defineStep, needsPorts } from "./define-step.ts";
import { createStepRegistry, type StepRegistry } from "./step-registry.ts";

interface Crm {
  customer(id: string): Promise<string>;
}
const lookUpCustomer = defineStep({
  type: "look-up-customer",
  group: "model-transformation",
  title: "Look up customer",
  help: "For tests.",
  icon: "",
  ports: needsPorts<{ crm: Crm }>(),
  settings: z.object({ id: z.string() }),
  outcomes: { found: { title: "found" }, missing: { title: "missing" } },
  async run({ settings, ports, exit }) {
    expectTypeOf(settings).toEqualTypeOf<{ id: string }>();
    expectTypeOf(ports).toEqualTypeOf<{ crm: Crm }>();
    // @ts-expect-error -- "found" and "missing" are the only outcomes
    if (settings.id === "") return exit("nowhere");
    return exit("found", { customer: await ports.crm.customer(settings.id) });
  },
});

describe("createStepRegistry", () => {
  it("finds step types by name, in the order given", () => {
    const registry = createStepRegistry([...builtInSteps, lookUpCustomer]);
    expect(registry.get("look-up-customer")).toBe(lookUpCustomer);
    expect(registry.get("constructor")).toBeUndefined();
    expect(registry.list().at(-1)).toBe(lookUpCustomer);
  });

  it("refuses two steps of one type", () => {
    expect(() => createStepRegistry([lookUpCustomer, lookUpCustomer])).toThrow(
      'Two steps have the type "look-up-customer"',
    );
  });

  it("asks for the ports of all its steps", () => {
    expectTypeOf(createStepRegistry([...builtInSteps])).toExtend<StepRegistry<BuiltInPorts>>();
    const registry = createStepRegistry([...builtInSteps, lookUpCustomer]);
    type Needed = typeof registry extends StepRegistry<infer Ports> ? Ports : never;
    expectTypeOf<Needed>().toExtend<{ crm: Crm }>();
    expectTypeOf<Needed>().toExtend<BuiltInPorts>();
  });
});
