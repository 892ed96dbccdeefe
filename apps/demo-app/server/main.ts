import { aborted } from "node:util";
import { readSettings, stopSignal } from "@onceflow/cli/serve";
import { createDemo } from "./create-demo.ts";

const stop = stopSignal();
try {
  const onNotice = (message: string) => console.log(message);
  const demo = await createDemo({ ...readSettings(process.env), onNotice, signal: stop });
  console.log(`
  Designer       ${demo.url}/
  End-user page  ${demo.url}/run/for-test-code
${demo.catchesMail ? `  Mails          ${demo.url}/inbox\n` : ""}  Audit trail    ${demo.url}/audit
  API            ${demo.url}/docs
  ForTestCode    ${demo.url}/api/components/for-test-code?download

  Open the end-user page and press "Get code": the code is shown in a dialog, and "Confirm code" takes it.
  Test mode is on: codes of test users are shown. Ctrl+C ends it.
`);
  await aborted(stop, demo);
  await demo.close();
  process.exit(0);
} catch (error) {
  if (!stop.aborted) {
    // An error with a code explains itself; any other is a bug and keeps its stack.
    console.error(error instanceof Error && "code" in error ? error.message : error);
    process.exitCode = 1;
  }
}
