import { describe, expect, it, vi } from "vitest";
import { serve } from "../testing/serve.ts";

describe("readers of events that vanish", () => {
  it("leave no reader, timer or connection behind, while the run waits on", async () => {
    const { url, program, readers, connections } = await serve({ heartbeatMs: 60_000 });
    const portal = await program("portal", "execute");
    const started = await portal.post("/api/components/gated/dataflows/ask/execute", {});
    const { runId } = (await started.json()) as { runId: string };
    const [begin, end] = [vi.spyOn(globalThis, "setInterval"), vi.spyOn(globalThis, "clearInterval")];
    try {
      const gone = new AbortController();
      const headers = { Authorization: `Bearer ${portal.token}` };
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const response = await fetch(`${url}/api/runs/${runId}/events`, { headers, signal: gone.signal });
          await response.body?.getReader().read();
        }),
      );
      expect(readers()).toBe(20);
      const heartbeats = begin.mock.calls.flatMap(([, ms], index) =>
        ms === 60_000 ? [begin.mock.results[index]?.value as NodeJS.Timeout] : [],
      );
      expect(heartbeats).toHaveLength(20);
      gone.abort();
      await vi.waitFor(
        async () => {
          expect(readers()).toBe(0);
          expect(await connections()).toBe(0);
          for (const heartbeat of heartbeats) expect(end).toHaveBeenCalledWith(heartbeat);
        },
        { timeout: 20_000 },
      );
    } finally {
      begin.mockRestore();
      end.mockRestore();
    }
    expect(await (await portal.get(`/api/runs/${runId}`)).json()).toMatchObject({ status: "suspended" });
  });

  it("leave nothing behind when they go before the first event is sent", async () => {
    const { program, connect, readers, connections, gate } = await serve();
    gate.close();
    const portal = await program("portal", "execute");
    const path = "/api/components/gated/dataflows/answer/execute";
    const started = await portal.post(path, {}, { Prefer: "wait=0" });
    const { runId } = (await started.json()) as { runId: string };
    const socket = connect();
    await new Promise<void>((resolve) => {
      const request = `GET /api/runs/${runId}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${portal.token}\r\n\r\n`;
      socket.write(request, () => resolve());
    });
    socket.destroy();
    await vi.waitFor(async () => expect([readers(), await connections()]).toEqual([0, 0]), { timeout: 20_000 });
    gate.open();
  });
});
