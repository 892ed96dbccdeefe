/**
 * The one piece of our own code inside the interpreter. It runs before the script and keeps the intrinsics that it
 * needs, so that nothing the script replaces later changes how its result is read.
 *
 * Its value is a function `(print, seed) => tools`. `print(level, text)` is the only host function; the script never
 * holds it, only the `console` around it.
 */
export const guestPrelude = `"use strict";
(print, seed, longestConsoleText) => {
  const { parse, stringify } = JSON;
  const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, defineProperty } = Object;
  const { isError } = Error;
  const toText = String;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const errorNames = new Map();
  for (const type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, InternalError, AggregateError])
    errorNames.set(type.prototype, type.name);
  const nameOf = Function.prototype.call.bind(Map.prototype.get, errorNames);

  const ownText = (object, key) => {
    const property = getOwnPropertyDescriptor(object, key);
    if (property === undefined || !hasOwn(property, "value") || typeof property.value !== "string") return undefined;
    return slice(property.value, 0, 2000);
  };

  const format = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "object" && value !== null && !isError(value)) {
      try {
        const text = stringify(value);
        if (typeof text === "string") return text;
      } catch {}
      return "[object]";
    }
    if (typeof value === "function") return "[function]";
    if (isError(value)) return (ownText(value, "name") ?? nameOf(getPrototypeOf(value)) ?? "Error") + ": " + (ownText(value, "message") ?? "");
    return typeof value === "bigint" ? toText(value) + "n" : toText(value);
  };

  const console = {};
  for (const level of ["log", "info", "warn", "error", "debug"])
    defineProperty(console, level, {
      configurable: true, enumerable: true, writable: true,
      value: (...values) => {
        let text = "";
        for (let index = 0; index < values.length; index += 1) text += (index === 0 ? "" : " ") + format(values[index]);
        print(level, slice(text, 0, longestConsoleText));
      },
    });
  defineProperty(globalThis, "console", { configurable: true, enumerable: false, writable: true, value: console });

  if (seed !== undefined) {
    // mulberry32: 32 bits of state are enough for a preview that shall come out the same twice.
    const { imul } = Math;
    let state = seed >>> 0;
    defineProperty(Math, "random", {
      configurable: true, enumerable: false, writable: true,
      value: function random() {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
      },
    });
  }

  return {
    setItem: (text) => { globalThis.item = parse(text); },
    // A text over the limit stays inside: its length alone says enough.
    readItem: (value, longest) => {
      const text = stringify(value);
      return typeof text === "string" && text.length > longest ? text.length : text;
    },
    // Only true errors are looked into, and only their own data properties: neither getters nor proxies run.
    isError,
    errorName: (error) => ownText(error, "name") ?? nameOf(getPrototypeOf(error)) ?? "Error",
    errorMessage: (error) => ownText(error, "message"),
    errorStack: (error) => ownText(error, "stack"),
    shorten: (text) => slice(text, 0, 2000),
  };
}`;
