import { writeFile } from "node:fs/promises";
import { printComponent } from "@onceflow/step-runtime";
import type { Command } from "../main.ts";
import { parseCall } from "../parse-call.ts";
import { printIssue } from "../print-issue.ts";
import { readComponentFile } from "../read-component-file.ts";

/** `onceflow format`: prints files canonically in place; a file that cannot be parsed stays as it is (exit code 1). */
export const formatCommand: Command = async (args, { stdout, stderr }) => {
  let exitCode = 0;
  for (const token of parseCall(args, {})) {
    if (!("file" in token)) continue;
    const { path, component, issues } = await readComponentFile(token.file);
    if (component) {
      await writeFile(path, printComponent(component));
      stdout.write(`${path}: formatted\n`);
    } else {
      for (const issue of issues) stderr.write(printIssue(path, issue));
      exitCode = 1;
    }
  }
  return exitCode;
};
