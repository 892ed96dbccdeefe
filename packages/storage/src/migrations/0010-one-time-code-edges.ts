import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/** A suppressed issue names no time in the past, and a failed confirm whose challenge it was. */
export const oneTimeCodeEdges = oneTimeCodeFunctions;
