import { formatCommand } from "./commands/format.ts";
import { runCommand } from "./commands/run.ts";
import { validateCommand } from "./commands/validate.ts";
import { usage, UsageError } from "./usage.ts";

/** Where a command writes; `process` fits. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** A command of the CLI; returns the exit code. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  validate: validateCommand,
  run: runCommand,
  format: formatCommand,
};

const commandNames = `Commands: ${Object.keys(commands).join(", ")}.`;

/** Runs one call of `onceflow`: exit code 2 for an unusable call, else what the command says. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.stdout.write(usage);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new UsageError(name === "" ? "Say what to do." : `There is no such command. ${commandNames}`);
    return await command(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.stderr.write(`onceflow: ${error.message}\n\n${usage}`);
    return 2;
  }
}
