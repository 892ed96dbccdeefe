import { budgetFunctions } from "./0002-one-time-codes/budget-functions.ts";
import { confirmFunction } from "./0002-one-time-codes/confirm-function.ts";
import { issueFunction } from "./0002-one-time-codes/issue-function.ts";
import { operationFunctions } from "./0002-one-time-codes/operation-functions.ts";
import { tables } from "./0002-one-time-codes/tables.ts";

/**
 * Challenges, attempts and budgets, and the functions that issue and confirm: each one statement and one commit.
 *
 * Locks are taken in one order: the call's own id, the user, the user's issues, the address, the network, the client,
 * the slot, the challenge. The first two and the slot are advisory locks of the transaction: they need no row to exist
 * and write nothing. `otp.now()` is read once all are held. A rolling window of at most n calls is the array of their
 * last n times: it is full while the first of them is inside.
 */
export const oneTimeCodes = [tables, budgetFunctions, issueFunction, confirmFunction, operationFunctions].join("\n");
