import { builtInSteps, createStepRegistry, type Issue, validateComponent } from "@onceflow/step-runtime";
import type { Command } from "../main.ts";
import { parseCall } from "../parse-call.ts";
import { printIssue } from "../print-issue.ts";
import { readComponentFile } from "../read-component-file.ts";

/** `onceflow validate`: exit code 1 when a file has an error. */
export const validateCommand: Command = async (args, { stdout }) => {
  const call = parseCall(args, { json: { type: "boolean" } });
  const json = call.some((token) => "option" in token && token.option === "json");
  const steps = createStepRegistry(builtInSteps);
  const all: Issue[] = [];
  for (const token of call) {
    if (!("file" in token)) continue;
    const { component, issues, locate } = await readComponentFile(token.file);
    const found = component ? [...issues, ...validateComponent(component, steps, { locate })] : issues;
    all.push(...found);
    if (!json) for (const issue of found) stdout.write(printIssue(token.file, issue));
  }
  if (json) {
    const listed = all.map(({ severity, code, message, pointer, line, column, stepId, fixes }) => ({
      severity,
      code,
      message,
      pointer,
      line,
      column,
      ...(stepId === undefined ? {} : { stepId }),
      ...(fixes === undefined ? {} : { fixes }),
    }));
    stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
  }
  return all.some(({ severity }) => severity === "error") ? 1 : 0;
};
