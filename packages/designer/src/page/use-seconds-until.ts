import { useEffect, useState } from "react";

/** The whole seconds until a moment (ISO 8601), counted down; 0 once it is there, and for none. */
export function useSecondsUntil(moment: string | undefined): number {
  const end = moment === undefined ? 0 : Date.parse(moment);
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  const waits = end > now;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [waits]);
  return left;
}
