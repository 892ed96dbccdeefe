import { type ReactElement, useEffect, useState } from "react";
import type { PageMessages } from "./page-messages.ts";

// A screen reader hears of these moments, not of each second.
const announcedSeconds = [60, 30, 10];

interface CountdownProps {
  readonly label: string;
  /** ISO 8601. */
  readonly until: string;
  readonly messages: PageMessages;
}

/** Plain text that counts down to a moment. */
export function Countdown({ label, until, messages }: CountdownProps): ReactElement {
  const end = Date.parse(until);
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  const over = left === 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [over]);
  return (
    <p className="ofp-countdown">
      {over ? (
        <b>{messages.expired}</b>
      ) : (
        <span>
          {label || messages.expiresIn} <b>{`${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`}</b>
        </span>
      )}
      <span className="ofp-spoken" role="status">
        {over ? messages.expired : announcedSeconds.includes(left) ? messages.secondsLeft(left) : ""}
      </span>
    </p>
  );
}
