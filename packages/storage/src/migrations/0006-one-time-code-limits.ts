import { oneTimeCodeFunctions } from "./one-time-code-functions/one-time-code-functions.ts";

/** A locked chain of codes ends, and a network that is over its limit spends nothing of its client's. */
export const oneTimeCodeLimits = oneTimeCodeFunctions;
