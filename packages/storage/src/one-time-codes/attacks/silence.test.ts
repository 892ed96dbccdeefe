import { parseKeyRing } from "@onceflow/one-time-code";
import { confirmRequest, createTestBench } from "@onceflow/one-time-code/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../../database/open-database.ts";
import { startMutedProxy } from "../../testing/muted-proxy.ts";
import { openBench } from "../testing/open-bench.ts";
import { postgresFixture } from "../testing/postgres-fixture.ts";

describe("a database that goes silent", () => {
  it("is asked again, over another connection, for a confirm whose answer never came, which counts once", async () => {
    const bench = await openBench();
    const issued = await bench.issue();
    const attempt = confirmRequest(await bench.codeOf(issued));
    const proxy = await startMutedProxy(bench.database.url);
    onTestFinished(() => proxy.close());
    // Longer than a broken connection is waited for: that time begins when it breaks.
    const far = await openDatabase({ url: proxy.url, testClock: true, statementTimeoutMs: 5000 });
    onTestFinished(() => far.close());
    const keyRing = parseKeyRing(bench.keyRingText);
    const { codes } = createTestBench(postgresFixture({ ...bench.database, ...far }), { keyRing });
    await far.pool.query("SELECT 1");

    proxy.mute();
    const answer = codes.confirm(attempt);
    await expect.poll(() => bench.attemptsOf(issued)).toBe(1);
    proxy.unmute();
    expect((await answer).outcome).toBe("confirmed");
    expect(await bench.attemptsOf(issued)).toBe(1);
    expect((await bench.audit()).filter(({ event }) => event.startsWith("confirm"))).toHaveLength(1);
  });
});
