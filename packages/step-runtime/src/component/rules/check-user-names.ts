import { parsePath, printPath } from "../path.ts";
import { settingExpressions } from "../setting-expression.ts";
import type { ModelChange, UserLookUp } from "../step-type.ts";
import type { DataflowScope } from "./dataflow-scope.ts";
import { readPaths } from "./read-paths.ts";

/** A look-up, and the id of the step that does it. */
interface FoundLookUp extends UserLookUp {
  readonly step: string;
}

/** Variables beyond it are not followed: each costs a walk over the dataflow. */
const mostVariables = 100;

/** Names that are read from a user who was looked up: for an unknown name that user is null, and the name is lost. */
export function checkUserNames(scope: DataflowScope): void {
  const lookUpsBefore = followLookUps(scope);
  if (lookUpsBefore.size === 0) return;
  for (const [vertex, place] of scope.vertices.entries()) {
    for (const { keys, at, setting, field } of readPaths(place)) {
      const lookUp = field.namesUser ? lookUpsBefore.get(keys[0] ?? "")?.[vertex] : undefined;
      if (!lookUp) continue;
      const path = printPath(keys);
      const given = pathOf(lookUp.name);
      const advice =
        given === null
          ? `Take it from what step "${lookUp.step}" looks the user up by.`
          : `Take it from "${given}", by which step "${lookUp.step}" looks the user up.`;
      const message = `Step "${place.step.id}" takes "${setting}" from "${path}", which step "${lookUp.step}" leaves null when nobody has the name that was typed: an unknown user would look different from a known one. ${advice}`;
      const fixes = given === null ? {} : { fixes: [`Replace "${path}" by "${given}".`] };
      scope.report({ severity: "warning", code: "user-name-lost", message, at, ...fixes }, place);
    }
  }
}

/** By variable, for each vertex: the look-up that may have filled the variable when the step starts. */
function followLookUps(scope: DataflowScope): ReadonlyMap<string, readonly (FoundLookUp | undefined)[]> {
  const starts = new Map<string, { readonly vertex: number; readonly lookUp: FoundLookUp }[]>();
  for (const [vertex, place] of scope.vertices.entries()) {
    const lookUp = scope.changesOf(place)?.looksUp;
    const variable = lookUp ? parsePath(lookUp.into)?.[0] : undefined;
    if (!lookUp || variable === undefined) continue;
    const start = { vertex, lookUp: { ...lookUp, step: place.step.id } };
    const known = starts.get(variable);
    if (known) known.push(start);
    else if (starts.size < mostVariables) starts.set(variable, [start]);
  }
  const written = starts.size > 0 ? scope.vertices.map((place) => writtenBy(scope.changesOf(place))) : [];
  return new Map(
    [...starts].map(([variable, ahead]) => {
      const before: (FoundLookUp | undefined)[] = scope.vertices.map(() => undefined);
      for (let next = ahead.pop(); next; next = ahead.pop()) {
        const { lookUp } = next;
        for (const { vertex } of scope.successors[next.vertex] ?? []) {
          if (before[vertex]) continue;
          before[vertex] = lookUp;
          // Whoever writes the variable again decides what it is from there on.
          if (!written[vertex]?.has(variable)) ahead.push({ vertex, lookUp });
        }
      }
      return [variable, before] as const;
    }),
  );
}

function writtenBy(change: ModelChange | null): ReadonlySet<string> {
  return new Set(change?.adds.map(({ path }) => parsePath(path)?.[0] ?? ""));
}

/** The path that a setting is, and nothing else. */
function pathOf(value: unknown): string | null {
  const [expression, ...others] = settingExpressions(value);
  return expression?.kind === "path" && expression.keys.length === 0 && others.length === 0 ? expression.path : null;
}
