import { expect, it, onTestFinished } from "vitest";
import { visitDemo } from "./testing/demo-visitor.ts";
import { createTestDemo } from "./testing/test-demo.ts";

/** The value of a metric at a demo. */
async function read(url: string, metric: string): Promise<string | undefined> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split("\n");
  return lines.find((line) => line.startsWith(`${metric} `))?.slice(metric.length + 1);
}

it("tells at each process on a database what became of codes and mails, and of its own runs", async () => {
  const here = await createTestDemo();
  onTestFinished(() => here.close());
  const there = await createTestDemo({ databaseUrl: here.database.url, role: "web" });
  onTestFinished(() => there.close());
  const wrong = 'onceflow_code_confirms_failed_total{reason="wrong_code"}';
  for (const { url } of [here, there]) expect(await read(url, wrong)).toBe("0");

  const visitor = await visitDemo(here);
  const { shown } = await visitor.getCode();
  await visitor.confirmCode(shown === "000000" ? "000001" : "000000");
  await visitor.confirmCode(String(shown));

  for (const { url } of [here, there]) {
    await expect.poll(() => read(url, 'onceflow_codes_total{event="confirmed"}')).toBe("1");
    expect(await read(url, 'onceflow_codes_total{event="issued"}')).toBe("1");
    expect(await read(url, wrong)).toBe("1");
    expect(await read(url, "onceflow_outbox_waiting")).toBe("0");
  }
  expect(await read(here.url, 'onceflow_runs_ended_total{status="completed"}')).toBe("3");
  expect(await read(there.url, "onceflow_runs_started_total")).toBe("0");
});
