import type { en } from "./en.ts";
import type { enPanels } from "./en-panels.ts";

/** The id of a message; the English catalogs are the source. */
export type MessageId = keyof typeof en | keyof typeof enPanels;

/** The values of a message's placeholders. */
export type MessageValues = Readonly<Record<string, string | number>>;
