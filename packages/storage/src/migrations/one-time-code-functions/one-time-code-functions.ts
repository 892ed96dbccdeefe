import { budgetFunctions } from "./budget-functions.ts";
import { confirmFunction } from "./confirm-function.ts";
import { issueFunction } from "./issue-function.ts";
import { operationFunctions } from "./operation-functions.ts";

/**
 * The functions that issue and confirm, each one statement and one commit. A migration that changes one puts all in the
 * place of the older ones: they are here as they are now.
 *
 * Locks are taken in one order: the call's own id, the user, the address, the network, a stripe of the client, the slot,
 * the challenges. Those of call, user, address, stripe and slot are advisory locks of the transaction: they need no row to exist
 * and write nothing. What decides about a challenge is read from `otp.now()` once all are held. A rolling window of at
 * most n calls is the array of their last n times: it is full while the first of them is inside.
 *
 * An advisory lock is tried before it is waited for: trying is an expression of plpgsql, waiting (PERFORM) a query of
 * its own, and mostly nobody holds it.
 */
export const oneTimeCodeFunctions = [budgetFunctions, issueFunction, confirmFunction, operationFunctions].join("\n");
