import { describe, expect, it } from "vitest";
import { readBody } from "./read-body.ts";

function request(body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string): Request {
  // fetch wants it for streams; not every declaration of RequestInit knows it.
  const init = { method: "POST", body, duplex: "half" };
  return new Request("http://localhost/", init);
}

describe("readBody", () => {
  it("reads up to the limit", async () => {
    expect(await readBody(request("é".repeat(5)), { maxBytes: 10, timeoutMs: 1000 })).toBe("é".repeat(5));
    expect(await readBody(new Request("http://localhost/"), { maxBytes: 10, timeoutMs: 1000 })).toBe("");
  });

  it("stops at the limit, however much more is sent", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(4)),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readBody(request(endless), { maxBytes: 10, timeoutMs: 1000 })).rejects.toMatchObject({
      code: "body-too-large",
    });
    expect(cancelled).toBe(true);
  });

  it("believes an announced length that is too large", async () => {
    const announced = new Request("http://localhost/", {
      method: "POST",
      body: "x",
      headers: { "Content-Length": "11" },
    });
    await expect(readBody(announced, { maxBytes: 10, timeoutMs: 1000 })).rejects.toMatchObject({
      code: "body-too-large",
    });
  });

  it("gives up on a body that does not end", async () => {
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
    await expect(readBody(request(silent), { maxBytes: 10, timeoutMs: 5 })).rejects.toMatchObject({
      code: "body-too-slow",
      headers: { Connection: "close" },
    });
  });

  it("refuses what is not UTF-8, and a sender that breaks off", async () => {
    await expect(
      readBody(request(new Uint8Array([0xff, 0xfe])), { maxBytes: 10, timeoutMs: 1000 }),
    ).rejects.toMatchObject({ code: "malformed-body" });
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
    await expect(readBody(request(broken), { maxBytes: 10, timeoutMs: 1000 })).rejects.toMatchObject({
      code: "malformed-body",
    });
  });
});
