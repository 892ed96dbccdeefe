#!/usr/bin/env node
// Set-up and everyday commands on a machine that has only Node >= 20.19 and npm.
// Plain JavaScript without dependencies: it runs before anything is installed.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pnpmVersion = "12.21.0";

const commands = {
  setup: async () => {
    await pnpm("install --frozen-lockfile --prefer-offline");
    await pnpm("build --output-logs=errors-only");
  },
  start: async () => {
    await commands.setup();
    await pnpm("--filter @onceflow/demo-app start");
  },
  test: async () => {
    await pnpm("install --frozen-lockfile --prefer-offline");
    for (const file of resultFiles()) rmSync(file);
    try {
      await pnpm("check --output-logs=new-only");
    } finally {
      printCounts();
    }
  },
  bench: async () => {
    const options = process.argv.slice(3);
    // Before the set-up, whose own work would count: a busy machine measures itself.
    const [load] = loadavg();
    if (load > 1 && !options.includes("--force")) {
      throw new Error(
        `The load average is ${load.toFixed(2)}. Wait until the machine is quiet, or: npm run bench -- --force`,
      );
    }
    await commands.setup();
    await pnpm(["--filter @onceflow/benchmarks run bench", "--force", ...options].join(" "));
  },
  soak: async () => {
    await commands.setup();
    // All of them, whatever one finds.
    const failures = [];
    for (const name of ["storage", "durable-engine", "demo-app"]) {
      await pnpm(`--filter @onceflow/${name} soak`).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  },
};

/** Runs one pnpm command line; npx brings the pinned pnpm and `-c` puts it on PATH, where turbo looks for it. */
function pnpm(line) {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["-y", "-p", `pnpm@${pnpmVersion}`, "-c", `pnpm ${line}`], {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", npm_config_loglevel: "error" },
    });
    // The child is in the same terminal group and gets the signal too: wait for its clean end.
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      code === 0 || signal === "SIGINT" || signal === "SIGTERM"
        ? resolve()
        : reject(new Error(`"pnpm ${line}" ended with ${signal ?? `exit code ${code}`}.`)),
    );
  });
}

/** The JSON reports that the vitest runs of every workspace leave behind. */
function resultFiles() {
  return ["packages", "apps", "examples"].flatMap((group) =>
    readdirSync(join(root, group)).flatMap((name) =>
      ["unit.json", "e2e.json"]
        .map((file) => join(root, group, name, "test-results", file))
        .filter((file) => existsSync(file)),
    ),
  );
}

function printCounts() {
  let passed = 0;
  let failed = 0;
  for (const file of resultFiles()) {
    const report = JSON.parse(readFileSync(file, "utf8"));
    passed += report.numPassedTests;
    failed += report.numFailedTests + (report.numFailedTests === 0 && !report.success ? 1 : 0);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
}

const run = commands[process.argv[2]];
if (!run) {
  console.error(`Usage: node tools/x.mjs ${Object.keys(commands).join(" | ")}`);
  process.exit(2);
}
run().catch((error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
