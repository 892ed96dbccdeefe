import { expect, it, onTestFinished } from "vitest";
import { listen } from "./listen.ts";

it("tells whoever comes before the start is over to come back, and then serves", async () => {
  const { server, port, serve } = await listen(0);
  onTestFinished(() => void server.close());
  const early = await fetch(`http://127.0.0.1:${port}/`);
  expect(early.status).toBe(503);
  expect(early.headers.get("Retry-After")).toBe("1");
  serve((_request, response) => response.end("here"));
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("here");
});
