// component: the document
export { buttonActions, componentSchema, controlTypes, definitionTypes } from "./component/component-schema.ts";
export type {
  Component,
  Control,
  Dataflow,
  Definition,
  DefinitionType,
  MessageTemplate,
  Modal,
  Stage,
  Step,
} from "./component/component-schema.ts";
export type { Issue, IssueSeverity } from "./component/issue.ts";
export type { JsonObject, JsonValue } from "./component/json.ts";
export { localize } from "./component/localized-text.ts";
export type { LocalizedText } from "./component/localized-text.ts";
export { calledDataflow } from "./component/called-dataflow.ts";
export { dataflowGraph } from "./component/dataflow-graph.ts";
export type { DanglingSource, DataflowEdge, DataflowGraph } from "./component/dataflow-graph.ts";
export type { TextPosition } from "./component/text-position.ts";
export type { ValidateComponentOptions } from "./component/validate-component.ts";
export { parseComponent } from "./component/parse-component.ts";
export type { ParsedComponent } from "./component/parse-component.ts";
export { printComponent } from "./component/print-component.ts";
export { parseSource, printSource } from "./component/source-reference.ts";
export type { SourceReference } from "./component/source-reference.ts";
export { validateComponent } from "./component/validate-component.ts";
export { isPath, parsePath, printPath } from "./component/path.ts";
export { settingField } from "./component/setting-field.ts";
export type { SettingControl, SettingField } from "./component/setting-field.ts";
export { stepOutcomes } from "./component/step-outcomes.ts";
export { stepGroups } from "./component/step-type.ts";
export type {
  AddedPath,
  ModelChange,
  OutcomeType,
  SettingProblem,
  StepGroup,
  StepType,
  StepTypes,
  SummaryContext,
} from "./component/step-type.ts";

// step: the plugin API
export type { Caller } from "./step/caller.ts";
export { defineStep, needsPorts } from "./step/define-step.ts";
export type {
  AnyStep,
  BuiltInPorts,
  DataflowCall,
  ExitOptions,
  ModalControlView,
  ModalView,
  PortsMarker,
  Question,
  StepContext,
  StepDefinition,
  StepResult,
} from "./step/define-step.ts";
export type { ConfirmationFact, Facts, Model, ModelValue } from "./step/model.ts";
export { maskAddresses } from "./step/mask-addresses.ts";
export { createModelBudget } from "./step/model-budget.ts";
export type { ModelBudget } from "./step/model-budget.ts";
export { present } from "./step/redact.ts";
export { readSecret, Secret, secretMask } from "./step/secret.ts";
export type { SecretKind } from "./step/secret.ts";
export { StepFailure } from "./step/step-failure.ts";
export { createStepRegistry } from "./step/step-registry.ts";
export type { StepRegistry } from "./step/step-registry.ts";
export { choice } from "./step/settings/choice.ts";
export { duration } from "./step/settings/duration.ts";
export { clientReference } from "./step/settings/client-reference.ts";
export { flag } from "./step/settings/flag.ts";
export { modelPath, modelPathWithDefault, optionalModelPath } from "./step/settings/model-path.ts";
export { reference } from "./step/settings/reference.ts";
export { script } from "./step/settings/script.ts";
export { requiredText, text } from "./step/settings/text.ts";
export { definitionValues, mapping, optionalDefinitionValues, value } from "./step/settings/values.ts";
export { optionalWholeNumber, wholeNumber } from "./step/settings/whole-number.ts";

// ports: what the outside must provide
export { scopes } from "./ports/api-keys.ts";
export type { ApiKey, ApiKeys, Scope } from "./ports/api-keys.ts";
export type { AuditEntry, AuditLog, AuditQuery, AuditTally } from "./ports/audit-log.ts";
export type { Client, ClientRegistry, Clients } from "./ports/clients.ts";
export type { Clock } from "./ports/clock.ts";
export type { ComponentStore, ComponentVersion, StoredComponent } from "./ports/component-store.ts";
export type { AnswerQuestion, DataflowRunner, DataflowRunRequest } from "./ports/dataflow-runner.ts";
export type {
  AnswerReceipt,
  Engine,
  RunAnswer,
  RunMessage,
  RunQuery,
  RunQuestion,
  RunResult,
  RunSummary,
  RunView,
  SequencedRunEvent,
  StartRun,
  StepCall,
  StepEffect,
  StepIO,
  StepKey,
} from "./ports/engine.ts";
export type {
  CodeAlphabet,
  CodeConfirmation,
  CodePurpose,
  ConfirmCodeRequest,
  IssueCodeRequest,
  IssuedCode,
  OneTimeCodeOperations,
  OneTimeCodes,
} from "./ports/one-time-codes.ts";
export type { Notifier, QueuedNotification, QueueNotification } from "./ports/notifier.ts";
export type { Claim, ClaimedMessage, NewOutboxMessage, Outbox, OutboxBacklog } from "./ports/outbox.ts";
export type { ConfirmationProof, ProofPublicKey, ProofSigner } from "./ports/proof-signer.ts";
export type { Random } from "./ports/random.ts";
export type {
  ScriptConsoleLine,
  ScriptError,
  ScriptErrorCode,
  ScriptLanguage,
  ScriptRequest,
  ScriptResult,
  ScriptRunner,
} from "./ports/script-runner.ts";
export type { SecretBox } from "./ports/secret-box.ts";
export type { Timer } from "./ports/timer.ts";
export { userKey } from "./ports/user-key.ts";
export type { User, UserDirectory, Users } from "./ports/users.ts";

// api-key: what a store of API keys does not decide by itself
export { apiKeyIdIn, isApiKey, makeApiKey } from "./api-key/api-key-text.ts";

// proof: what a signer does not decide by itself
export { proofClaims, proofTokenType } from "./proof/proof-claims.ts";

// message: what is mailed
export { checkMessage } from "./message/check-message.ts";
export { isMailAddress } from "./message/is-mail-address.ts";
export { snapshotMessage } from "./message/message-snapshot.ts";
export type { MessageSnapshot } from "./message/message-snapshot.ts";
export { MessageTemplateError } from "./message/message-template-error.ts";
export { renderMessage } from "./message/render-message.ts";
export type { MessageSecrets, RenderedMessage } from "./message/render-message.ts";

// run: the walk
export { checkAnswer } from "./run/check-answer.ts";
export type { CheckedAnswer } from "./run/check-answer.ts";
export type { RunError, RunEvent } from "./run/run-events.ts";
export { initialRunState, nextRunState } from "./run/run-state.ts";
export type { RunState, StepRun } from "./run/run-state.ts";
export { compileComponent, InvalidComponentError } from "./run/compile-component.ts";
export type { CompiledComponent, CompiledDataflow } from "./run/compile-component.ts";
export { readInput } from "./run/read-input.ts";
export { emptyResult } from "./run/empty-result.ts";
export type { Checkpoint, Resumption, Suspension, Wait } from "./run/checkpoint.ts";
export type { JoinState } from "./run/join-arrivals.ts";
export { presentModal, runDataflow } from "./run/run-dataflow.ts";
export type { RunDataflowOptions } from "./run/run-dataflow.ts";
export { startError, unknownDataflow } from "./run/start-error.ts";

// steps: what is built in
export { createExecuteScript } from "./steps/execute-script.ts";
export type { ExecuteScriptOptions } from "./steps/execute-script.ts";
export { builtInSteps } from "./steps/index.ts";
