import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { main } from "./main.ts";

const forTestCode = fixture("for-test-code.component.json");

describe("onceflow", () => {
  it("prints its usage on request, and with exit code 2 for an unusable call", async () => {
    expect(await call("--help")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("onceflow validate FILE"),
    });
    for (const args of [
      [],
      ["nonsense"],
      ["validate"],
      ["run", forTestCode],
      ["validate", "--nope", forTestCode],
      ["validate", "/does/not/exist.json"],
    ]) {
      const { exitCode, stderr } = await call(...args);
      expect(exitCode, args.join(" ")).toBe(2);
      expect(stderr).toMatch(/^onceflow: .+\n\nUsage:/);
    }
  });
});

describe("onceflow run", () => {
  it("completes ForTestCode in test mode with six digits, which appear neither on stderr nor in events", async () => {
    const { exitCode, stdout, stderr } = await call(
      "run",
      forTestCode,
      "--dataflow",
      "get-code",
      "--user",
      "demo",
      "--test-mode",
      "--json",
    );
    const report = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      status: "completed",
      modal: { id: "code" },
      definitions: { ForTestCode: expect.stringMatching(/^\d{6}$/) },
    });
    expect(stderr).not.toContain(report.definitions.ForTestCode);
    expect(JSON.stringify(report.events)).not.toContain(`"${report.definitions.ForTestCode}"`);
  });

  it("completes the same file outside test mode with the mask", async () => {
    const { stdout } = await call("run", forTestCode, "--dataflow", "get-code", "--user", "demo", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ status: "completed", definitions: { ForTestCode: "••••••" } });
  });

  it("joins the paths of a fork, and tells the steps of a called dataflow inside their caller", async () => {
    const file = fixture("forks-and-calls.component.json");
    const answers = JSON.stringify([{ value: { Name: "Dana" } }]);
    const input = JSON.stringify({ Names: ["Dana"], Pin: "4711" });
    const { exitCode, stdout, stderr } = await call(
      "run",
      file,
      "--dataflow",
      "fork",
      "--dataflow",
      "call",
      "--input",
      input,
      "--answers",
      answers,
      "--json",
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { status: "completed", response: "Hello Dana" },
      { status: "completed", response: { name: "Dana", pin: "••••••" } },
    ]);
    expect(stderr.split("\n").slice(-6, -1)).toEqual([
      "  ✓ Get action model",
      "    ✓ Get action model",
      "    ✓ Write response",
      "  ✓ Greet",
      "  ✓ Write response",
    ]);
  });

  it("issues by user ID as by name", async () => {
    const { stdout } = await call(
      "run",
      forTestCode,
      "--dataflow",
      "get-code",
      "--user",
      "user-demo",
      "--test-mode",
      "--json",
    );
    expect(JSON.parse(stdout).definitions.ForTestCode).toMatch(/^\d{6}$/);
  });

  it.each([
    ["last", { confirmed: true, retryable: false }],
    ["wrong", { confirmed: false, retryable: true }],
  ])("runs both dataflows in one session: the %s code gives %j", async (which, response) => {
    const input = JSON.stringify({ ForTestCode: { $issuedCode: which } });
    const args = [
      "run",
      forTestCode,
      "--user",
      "demo",
      "--dataflow",
      "get-code",
      "--dataflow",
      "confirm-code",
      "--input",
      input,
      "--json",
    ];
    const { exitCode, stdout } = await call(...args);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ status: "completed" }, { status: "completed", response }]);
  });

  it("says which users, clients and dataflows there are when it does not know one", async () => {
    expect((await call("run", forTestCode, "--dataflow", "get-code", "--user", "eve")).stderr).toContain(
      "Known users: demo, alice",
    );
    expect((await call("run", forTestCode, "--dataflow", "get-code", "--client", "x")).stderr).toContain(
      "Known clients: digital-workplace, portal",
    );
    expect((await call("run", forTestCode, "--dataflow", "nope")).stderr).toContain("It has: get-code, confirm-code");
  });

  it("never repeats an unreadable input", async () => {
    const { exitCode, stderr } = await call("run", forTestCode, "--dataflow", "confirm-code", "--input", "{482913");
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("482913");
  });

  const typed = '{"ForTestCode":"482913"}';
  it.each([
    ["--input is forgotten", ["run", forTestCode, "--dataflow", "confirm-code", typed]],
    ["--input and the file are forgotten", ["run", "--dataflow", "confirm-code", typed]],
    ["run is forgotten", [typed, forTestCode]],
    ["--input is misspelt", ["run", forTestCode, "--dataflow", "confirm-code", `--482913=${typed}`]],
    ["it is said to be in a file", ["run", forTestCode, "--dataflow", "confirm-code", "--input", `@${typed}`]],
    ["it is said to be users", ["run", forTestCode, "--dataflow", "confirm-code", "--users", typed]],
    ["it is said to be a user", ["run", forTestCode, "--dataflow", "confirm-code", "--user", typed]],
    ["it is said to be a client", ["run", forTestCode, "--dataflow", "confirm-code", "--client", typed]],
    ["it is said to be a dataflow", ["run", forTestCode, "--dataflow", typed]],
    [
      "it stands where a code is chosen",
      ["run", forTestCode, "--dataflow", "confirm-code", "--input", '{"ForTestCode":{"$issuedCode":"482913"}}'],
    ],
    ["it is validated", ["validate", typed]],
    ["it is formatted", ["format", typed]],
  ])("never repeats what was typed when %s", async (_, args) => {
    const { exitCode, stdout, stderr } = await call(...args);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain("482913");
    expect(stderr).toMatch(/^onceflow: .+\n\nUsage:/);
  });

  it("counts the files that are too many, and names the options there are", async () => {
    const run = ["run", forTestCode, "--dataflow", "get-code"];
    expect((await call(...run, "a.json", "b.json")).stderr).toContain("Name one component file, not 3.");
    expect((await call(...run, "--inptu", "{}")).stderr).toMatch(/Options here: --dataflow, --input, .+--json\./);
    expect((await call("validate", "/does/not/exist.json")).stderr).toContain('Cannot read "/does/not/exist.json"');
  });

  it.each([
    ["throws", "item.a.b.c = 1;", "script-script-error"],
    ["loops", "while (true) {}", "script-timeout"],
    ["leaves no object", "item = 5;", "script-script-error"],
  ])("fails with a clear error when a script %s", async (_, code, errorCode) => {
    const file = changedFixture((text) =>
      text.replace(/"code": "item\['new_code'\][^"]*"/, `"code": ${JSON.stringify(`\n${code}`)}`),
    );
    const { exitCode, stdout } = await call("run", file, "--dataflow", "get-code", "--user", "demo", "--json");
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(stdout);
    expect(error).toMatchObject({ code: errorCode, stepId: "script" });
    if (errorCode === "script-script-error" && code.includes("a.b")) expect(error.line).toBe(2);
  });

  it.each([0, -1, 59, 601, '"abc"'])("refuses the lifetime %s with the allowed range", async (lifetime) => {
    const file = changedFixture((text) =>
      text.replace('"codeLifetimeSeconds": 300', `"codeLifetimeSeconds": ${lifetime}`),
    );
    const { exitCode, stdout, stderr } = await call("run", file, "--dataflow", "get-code", "--user", "demo", "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe("invalid-component");
    expect(stderr).toMatch(/60.+600/);
  });
});

describe("onceflow run of a dataflow that asks", () => {
  const signIn = fileURLToPath(
    new URL("../../../apps/demo-app/components/sign-in-with-mailed-code.component.json", import.meta.url),
  );
  const run = (...more: string[]) =>
    call("run", signIn, "--dataflow", "sign-in", "--input", '{"UserName":"alice"}', "--json", ...more);

  it("stops where nobody answers, and shows the modal and the mail", async () => {
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(3);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      status: "suspended",
      modal: { id: "enter-code" },
      definitions: { UserName: "alice", Code: null },
      messages: [{ to: "a•••@example.test", stepId: "mail", text: expect.stringContaining("••••••") }],
    });
    expect(stderr).toContain("waits for an answer");
  });

  it("answers the questions in order, with a code that nobody sees", async () => {
    const wrong = { value: { Code: { $issuedCode: "wrong" } } };
    const right = { value: { Code: { $issuedCode: "last" } } };
    const { exitCode, stdout, stderr } = await run("--answers", JSON.stringify([wrong, right]));
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as { response: { proof: string }; events: unknown };
    expect(report).toMatchObject({ status: "completed", response: { confirmed: true } });
    expect(report.response.proof).toMatch(/^eyJ/);
    expect(JSON.stringify(report.events) + stderr).not.toContain(report.response.proof);
    // An ID may begin with eight digits, too.
    const withoutIds = (stdout + stderr).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "ID");
    expect(withoutIds.replace(report.response.proof, "PROOF")).not.toMatch(/\b\d{8}\b/);
  });

  it("takes the highest exit code of several", async () => {
    const dismissed = JSON.stringify([{ outcome: "dismissed" }]);
    expect(await run("--answers", dismissed)).toMatchObject({ exitCode: 0 });
    expect(await run("--answers", dismissed, "--dataflow", "sign-in", "--input", '{"UserName":"demo"}')).toMatchObject({
      exitCode: 3,
    });
  });

  it.each(['{"value":{}}', "[7]", '[{"outcome":"timeout"}]', '[{"value":[]}]', '[{"Code":"123456"}]'])(
    "refuses the answers %s without repeating them",
    async (answers) => {
      const { exitCode, stderr } = await run("--answers", answers);
      expect(exitCode).toBe(2);
      expect(stderr).not.toContain("123456");
    },
  );

  it("says which answer does not fit", async () => {
    const { exitCode, stderr } = await run("--answers", '[{"value":{"Other":"123456"}}]');
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Asked for: Code");
    expect(stderr).not.toContain("123456");
  });
});

describe("onceflow validate", () => {
  it("finds nothing in the shipped component", async () => {
    expect(await call("validate", forTestCode)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  it("prints file, line, column, code and what to do", async () => {
    const file = changedFixture((text) => text.replace('"type": "show-modal"', '"type": "show-modl"'));
    const { exitCode, stdout } = await call("validate", file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${file}:`);
    expect(stdout).toMatch(/:\d+:\d+ error unknown-step-type .*Did you mean "show-modal"\?/);
  });

  it("gives the same as JSON", async () => {
    const file = changedFixture((text) => text.replace('"type": "show-modal"', '"type": "show-modl"'));
    const [issue] = JSON.parse((await call("validate", file, "--json")).stdout);
    expect(issue).toMatchObject({
      severity: "error",
      code: "unknown-step-type",
      stepId: "modal",
      line: expect.any(Number),
      column: expect.any(Number),
      pointer: expect.stringMatching(/^\/dataflows\/0\//),
    });
  });

  it.each<[string, () => Uint8Array | string]>([
    ["9 MB", () => "x".repeat(9 * 1024 * 1024)],
    ["200,000 nested arrays", () => "[".repeat(200_000)],
    ["one byte", () => "{"],
    ["UTF-16", () => Buffer.from("\uFEFF{}", "utf16le")],
    ["a prototype key", () => '{"__proto__": {}}'],
    ["an empty file", () => ""],
    ["a list", () => "[]"],
  ])("answers %s with a clear error and no stack trace", async (_, content) => {
    const { exitCode, stdout, stderr } = await call("validate", temporaryFile(content()));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^.+:\d+:\d+ error [a-z0-9-]+ .{20,}\n/);
    expect(stdout + stderr).not.toContain("    at ");
  });

  it("accepts a UTF-8 byte order mark", async () => {
    expect(
      (
        await call(
          "validate",
          changedFixture((text) => `\uFEFF${text}`),
        )
      ).exitCode,
    ).toBe(0);
  });
});

describe("onceflow format", () => {
  it("prints canonically, in place, and changes nothing the second time", async () => {
    const file = changedFixture((text) => JSON.stringify(JSON.parse(text)));
    expect((await call("format", file)).exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(readFileSync(forTestCode, "utf8"));
  });

  it("leaves a file alone that it cannot parse", async () => {
    const file = temporaryFile("{ nope");
    expect((await call("format", file)).exitCode).toBe(1);
    expect(readFileSync(file, "utf8")).toBe("{ nope");
  });
});

async function call(...args: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  const exitCode = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
  });
  return { exitCode, stdout, stderr };
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../step-runtime/src/testing/fixtures/${name}`, import.meta.url));
}

function changedFixture(change: (text: string) => string): string {
  return temporaryFile(change(readFileSync(forTestCode, "utf8")));
}

function temporaryFile(content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "onceflow-")), "test.component.json");
  writeFileSync(path, content);
  return path;
}
