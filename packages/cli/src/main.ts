import type { AdminCommandName } from "./admin/admin-commands.ts";
import type { Environment } from "./admin/parse-admin-call.ts";
import { formatCommand } from "./commands/format.ts";
import { runCommand } from "./commands/run.ts";
import { validateCommand } from "./commands/validate.ts";
import { usage, UsageError } from "./usage.ts";

/** Where a command writes and what is set around it; `process` fits. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Environment;
}

/** A command of the CLI; returns the exit code. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  validate: validateCommand,
  run: runCommand,
  format: formatCommand,
  serve: later(async () => (await import("./commands/serve.ts")).serveCommand),
  "run list": later(async () => (await import("./commands/run-list.ts")).runListCommand),
  "run show": later(async () => (await import("./commands/run-show.ts")).runShowCommand),
  "run cancel": later(async () => (await import("./commands/run-cancel.ts")).runCancelCommand),
  "client add": administer("client add"),
  "client list": administer("client list"),
  "client revoke": administer("client revoke"),
  "user add": administer("user add"),
  "user unlock": administer("user unlock"),
  "key new": administer("key new"),
  "key rotate": administer("key rotate"),
  "database url": administer("database url"),
};

const commandNames = `Commands: ${Object.keys(commands).join(", ")}.`;

/** Runs one call of `onceflow`: exit code 2 for an unusable call, 1 for what cannot be done, else what the command says. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "", topic = "", ...more] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.stdout.write(usage);
    return 0;
  }
  try {
    const ofTwo = find(`${name} ${topic}`);
    if (ofTwo) return await ofTwo(more, terminal);
    const command = find(name);
    if (!command) throw new UsageError(name === "" ? "Say what to do." : `There is no such command. ${commandNames}`);
    return await command(args.slice(1), terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.stderr.write(`onceflow: ${error.message}\n\n${usage}`);
      return 2;
    }
    // An error with a code explains itself; any other is a bug and keeps its stack.
    if (!(error instanceof Error && "code" in error)) throw error;
    terminal.stderr.write(`onceflow: ${error.message}\n`);
    return 1;
  }
}

function find(name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/** Loaded when it is asked for: server and driver of the database would make every other command slower to start. */
function later(load: () => Promise<Command>): Command {
  return async (args, terminal) => (await load())(args, terminal);
}

function administer(name: AdminCommandName): Command {
  return later(async () => (await import("./admin/admin-commands.ts")).adminCommands[name]);
}
