import { budgetFunctions } from "./0002-one-time-codes/budget-functions.ts";
import { confirmFunction } from "./0002-one-time-codes/confirm-function.ts";
import { issueFunction } from "./0002-one-time-codes/issue-function.ts";
import { operationFunctions } from "./0002-one-time-codes/operation-functions.ts";
import { tables } from "./0002-one-time-codes/tables.ts";

/**
 * Challenges, attempts and budgets, and the functions that issue and confirm: each one statement and one commit.
 *
 * Locks are taken in one order: the call's own id, the user, the address, the network, a stripe of the client, the slot,
 * the challenges. Those of call, user, stripe and slot are advisory locks of the transaction: they need no row to exist
 * and write nothing. What decides about a challenge is read from `otp.now()` once all are held. A rolling window of at
 * most n calls is the array of their last n times: it is full while the first of them is inside.
 *
 * An advisory lock is tried before it is waited for: trying is an expression of plpgsql, waiting (PERFORM) a query of
 * its own, and mostly nobody holds it.
 */
export const oneTimeCodes = [tables, budgetFunctions, issueFunction, confirmFunction, operationFunctions].join("\n");
