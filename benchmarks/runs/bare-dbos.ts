import { DBOS } from "@dbos-inc/dbos-sdk";

const stepsWorkflow = DBOS.registerWorkflow(
  async (steps: number) => {
    let count = 0;
    for (let index = 0; index < steps; index += 1) {
      count = (await DBOS.runStep(async () => ({ count: count + 1 }), { name: `step-${index}` })).count;
    }
    return count;
  },
  { name: "steps" },
);

const askingWorkflow = DBOS.registerWorkflow(
  async () => {
    await DBOS.runStep(async () => ({ data: {} }), { name: "model" });
    await DBOS.setEvent("asked", true);
    const name = await DBOS.recv<string>("answer", 600);
    return DBOS.runStep(async () => ({ name }), { name: "reply" });
  },
  { name: "asking" },
);

const quiet = { info: () => undefined, debug: () => undefined, warn: console.error, error: console.error };

/** Opens DBOS as it is on an empty database, with as many connections as the engine has. */
export async function openBareDbos(systemDatabaseUrl: string): Promise<void> {
  DBOS.setConfig({ name: "bare", systemDatabaseUrl, systemDatabasePoolSize: 10, logger: quiet });
  await DBOS.launch();
}

export const closeBareDbos = (): Promise<void> => DBOS.shutdown();

/** One workflow of so many steps that do next to nothing, started here. */
export async function runBareSteps(steps: number): Promise<void> {
  const handle = await DBOS.startWorkflow(stepsWorkflow)(steps);
  if ((await handle.getResult()) !== steps) throw new Error("A step is missing.");
}

/** One workflow that waits inside for its answer; returns the microseconds from the answer to its result. */
export async function answerBare(): Promise<number> {
  const handle = await DBOS.startWorkflow(askingWorkflow)();
  if (!(await DBOS.getEvent<boolean>(handle.workflowID, "asked", 60))) throw new Error("The workflow does not wait.");
  const start = process.hrtime.bigint();
  await DBOS.send(handle.workflowID, "Zaphod", "answer");
  const { name } = await handle.getResult();
  const us = Number(process.hrtime.bigint() - start) / 1000;
  if (name !== "Zaphod") throw new Error("The answer was lost.");
  return us;
}
