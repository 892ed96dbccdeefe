import { componentSchema, type Component } from "../component/component-schema.ts";
import fixture from "./fixtures/forks-and-calls.component.json" with { type: "json" };

/**
 * `fork`: one path sets Greeting while another asks for Name, and both meet in a join. `call`: runs `greet`, whose steps
 * have the same ids, with the first of Names and Pin, and answers with what became of it.
 */
export const forksAndCalls: Component = componentSchema.parse(fixture);
