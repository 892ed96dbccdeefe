import { type RefObject, useLayoutEffect, useRef } from "react";

/** A ref that holds the value of the last render, for what happens later and must not depend on it. */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
