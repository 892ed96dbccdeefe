import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { listen } from "./listen.ts";

/** Never up in a test. */
const patienceMs = 2_000_000_000;

/** A port with what answers there, and a connection on which nothing has been asked yet. */
async function open(listener: RequestListener) {
  const { port, serve, close } = await listen(0);
  onTestFinished(() => close({ patienceMs: 0 }));
  const quiet = connect(port, "127.0.0.1");
  onTestFinished(() => void quiet.destroy());
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  serve((request, response) => {
    begin();
    listener(request, response);
  });
  const url = `http://127.0.0.1:${port}/`;
  const asked = fetch(url);
  asked.catch(() => undefined);
  // Connections are taken in their order: the quiet one is too.
  await begun;
  return { url, close, asked, quiet };
}

it("tells whoever comes before the start is over to come back, and then serves", async () => {
  const { port, serve, close } = await listen(0);
  onTestFinished(() => close({ patienceMs: 0 }));
  const early = await fetch(`http://127.0.0.1:${port}/`);
  expect(early.status).toBe(503);
  expect(early.headers.get("Retry-After")).toBe("1");
  expect(early.headers.get("Content-Type")).toBe("application/problem+json");
  expect(await early.json()).toMatchObject({ status: 503, code: "not-ready", type: "/problems/not-ready" });
  serve((_request, response) => response.end("here"));
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("here");
});

it("lets through what is under way when it closes, and tells whoever comes then to come back", async () => {
  let end = () => {};
  const { url, close, asked, quiet } = await open((_request, response) => (end = () => response.end("here")));
  const closed = close({ patienceMs });
  quiet.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const answer = await text(quiet);
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toMatch(/^Retry-After: 1\r$/m);
  expect(answer).toMatch(/^Content-Type: application\/problem\+json\r$/m);
  await expect(fetch(url)).rejects.toThrow();
  end();
  const response = await asked;
  expect(response.headers.get("Connection")).toBe("close");
  expect(await response.text()).toBe("here");
  await closed;
});

it("closes at once although somebody reads a stream, which has no end", async () => {
  const { close, asked } = await open((_request, response) => response.write("data: 1\n\n"));
  const stream = await asked;
  await close({ patienceMs });
  await expect(stream.text()).rejects.toThrow();
});

it("cuts off what takes longer than its patience", async () => {
  const { close, asked } = await open(() => {});
  await close({ patienceMs: 0 });
  await expect(asked).rejects.toThrow();
});
