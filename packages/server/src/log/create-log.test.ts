import { expect, it } from "vitest";
import { createLog } from "./create-log.ts";

it("a log masks what should never have been handed to it", () => {
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(line) } });
  log.child({ token: "run_4711" }).info({ code: "4711", headers: { authorization: "4711", cookie: "4711" } }, "one");
  log.error({ request: { headers: { cookie: "4711" }, body: "4711" }, status: 500 }, "two");
  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toContain("4711");
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ msg: "two", status: 500 });
});
