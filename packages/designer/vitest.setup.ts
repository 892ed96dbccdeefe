import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

configure({ asyncUtilTimeout: 20_000 });

// jsdom lays nothing out. What React Flow and Mantine ask of a browser answers with sizes that tests can count on
// (https://reactflow.dev/learn/advanced-use/testing).
globalThis.ResizeObserver = class implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;
  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }
  observe(target: Element): void {
    const { width, height } = target.getBoundingClientRect();
    this.#callback([{ target, contentRect: { width, height } } as unknown as ResizeObserverEntry], this);
  }
  unobserve(): void {}
  disconnect(): void {}
};
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { get: () => 72 },
  offsetWidth: { get: () => 240 },
});
globalThis.DOMMatrixReadOnly = class {
  readonly m22 = 1;
} as unknown as typeof DOMMatrixReadOnly;
globalThis.matchMedia = (query) =>
  ({
    matches: query.includes("reduced-motion"),
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }) as unknown as MediaQueryList;
globalThis.CSS = { escape: (text: string) => text.replaceAll(/["\\]/g, "\\$&") } as typeof CSS;
Element.prototype.scrollIntoView = () => {};
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

afterEach(cleanup);
