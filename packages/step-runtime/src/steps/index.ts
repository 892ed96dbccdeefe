import type { ScriptLanguage } from "../ports/script-runner.ts";
import { confirmOneTimeCode } from "./confirm-one-time-code.ts";
import { executeDataflow } from "./execute-dataflow.ts";
import { createExecuteScript } from "./execute-script.ts";
import { filterSource } from "./filter-source.ts";
import { getActionModel } from "./get-action-model.ts";
import { getOneTimeCode } from "./get-one-time-code.ts";
import { getUserInfo } from "./get-user-info.ts";
import { joinModels } from "./join-models.ts";
import { sendTemplatedNotification } from "./send-templated-notification.ts";
import { setDefinitions } from "./set-definitions.ts";
import { showModal } from "./show-modal.ts";
import { transformModel } from "./transform-model.ts";
import { writeResponse } from "./write-response.ts";

/** The languages that the shipped script sandbox runs. */
const shippedLanguages: readonly [ScriptLanguage, ...ScriptLanguage[]] = ["javascript"];

/** The one list of built-in steps, in the order of the palette. */
export const builtInSteps = [
  getActionModel,
  createExecuteScript({ languages: shippedLanguages }),
  setDefinitions,
  transformModel,
  filterSource,
  joinModels,
  executeDataflow,
  getUserInfo,
  getOneTimeCode,
  sendTemplatedNotification,
  confirmOneTimeCode,
  showModal,
  writeResponse,
] as const;
