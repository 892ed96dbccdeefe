import { componentSchema, type Component } from "../component/component-schema.ts";
import fixture from "./fixtures/for-test-code.component.json" with { type: "json" };

/** The ForTestCode component, as its file says. */
export const forTestCode: Component = componentSchema.parse(fixture);
