import { Liquid } from "liquidjs";

// Only reads templates: no file system, no network, nothing is rendered.
const liquid = new Liquid({ templates: {}, parseLimit: 100_000 });

/** What a Liquid template reads of the model, or why it is none. */
export type TemplateVariables =
  | { readonly ok: true; readonly paths: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: string };

/** The paths that a Liquid template reads; its own loop and assigned variables are left out. */
export function templateVariables(template: string): TemplateVariables {
  try {
    const segments = liquid.globalVariableSegmentsSync(liquid.parse(template), { partials: false });
    return { ok: true, paths: segments.map(simplePart).filter((path) => path.length > 0) };
  } catch (error) {
    // The first line says what and where; the following ones quote the template.
    return { ok: false, problem: error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error) };
  }
}

/** The keys up to the first one that is itself computed, and up to Liquid's own `size`, `first` and `last`. */
function simplePart(segments: readonly unknown[]): readonly string[] {
  const end = segments.findIndex(
    (segment) => typeof segment === "object" || segment === "size" || segment === "first" || segment === "last",
  );
  return (end === -1 ? segments : segments.slice(0, end)).map(String);
}
