import { readSettings } from "@onceflow/cli/serve";
import { createDemo } from "./create-demo.ts";
import type { Demo } from "./create-demo.ts";

const demo = await start();
if (demo !== null) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(demo));
  console.log(`
  Designer       ${demo.url}/
  End-user page  ${demo.url}/run/for-test-code
${demo.catchesMail ? `  Mails          ${demo.url}/inbox\n` : ""}  Audit trail    ${demo.url}/audit
  API            ${demo.url}/docs
  ForTestCode    ${demo.url}/api/components/for-test-code?download

  Open the end-user page and press "Get code": the code is shown in a dialog, and "Confirm code" takes it.
  Test mode is on: codes of test users are shown. Ctrl+C ends it.
`);
}

async function start(): Promise<Demo | null> {
  try {
    return await createDemo({ ...readSettings(process.env), onNotice: (message) => console.log(message) });
  } catch (error) {
    // An error with a code explains itself; any other is a bug and keeps its stack.
    console.error(error instanceof Error && "code" in error ? error.message : error);
    process.exitCode = 1;
    return null;
  }
}

async function stop(running: Demo): Promise<void> {
  await running.close();
  process.exit(0);
}
