import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/** A locked chain of codes ends. */
export const oneTimeCodeLimits = oneTimeCodeFunctions;
