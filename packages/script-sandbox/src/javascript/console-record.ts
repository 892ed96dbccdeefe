import type { ScriptConsoleLine } from "@onceflow/step-runtime";
import type { ScriptLimits } from "./script-limits.ts";
import { cutToUtf8Size } from "./utf8-size.ts";

/** Collects what a script prints and stops at the caps; one more line then says that something is missing. */
export interface ConsoleRecord {
  add(level: string, text: string): void;
  lines(): ScriptConsoleLine[];
}

const levels: readonly ScriptConsoleLine["level"][] = ["log", "info", "warn", "error", "debug"];

export function createConsoleRecord(limits: Pick<ScriptLimits, "consoleBytes" | "consoleLines">): ConsoleRecord {
  const lines: ScriptConsoleLine[] = [];
  let bytesLeft = limits.consoleBytes;
  let isFull = false;

  return {
    add(level, text) {
      if (isFull) return;
      if (lines.length >= limits.consoleLines) {
        isFull = true;
        return;
      }
      const kept = cutToUtf8Size(text, bytesLeft);
      bytesLeft -= kept.sizeBytes;
      isFull = kept.text.length < text.length;
      if (isFull && kept.text === "") return;
      lines.push({ level: levels.find((known) => known === level) ?? "log", text: kept.text });
    },
    lines() {
      if (!isFull) return lines;
      const { consoleBytes, consoleLines } = limits;
      const text = `The console was cut: it holds ${consoleBytes} bytes and ${consoleLines} lines.`;
      return [...lines, { level: "warn", text }];
    },
  };
}
