import { componentSchema, type Component } from "../component/component-schema.ts";
import fixture from "./fixtures/proven-code.component.json" with { type: "json" };

/** `prove`: issues a code for demo, shows it as Shown (in test mode), asks for it as Code, and answers with a proof. */
export const provenCode: Component = componentSchema.parse(fixture);
