import type {
  AnswerQuestion,
  Issue,
  JsonObject,
  RunMessage,
  RunQuestion,
  RunResult,
  RunState,
} from "@onceflow/step-runtime";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CanvasEdge, CanvasNode } from "../canvas/canvas-node.ts";
import type { Lane } from "../canvas/tidy-layout.ts";

/** The tabs of the left panel. */
export type LeftTab = "steps" | "outline" | "problems";
/** The tabs of the parameter panel. */
export type RightTab = "parameters" | "output" | "notes";
/** The tabs of the bottom drawer's result. */
export type OutputTab = "input" | "output" | "messages" | "errors";
/** The parts of the screen that open and close. */
export type Panel = "left" | "right" | "preview" | "drawer";

/** What is selected; ids are step keys of the active dataflow. */
export interface Selection {
  readonly stepKeys: readonly string[];
  /** A connection, by the canvas's id of it. */
  readonly edgeId: string | null;
}

/** The last run of a dataflow, and where it is. */
export interface PreviewRun {
  readonly dataflowId: string;
  /** What people typed into secret definitions is masked. */
  readonly input: JsonObject;
  readonly state: RunState;
  /** What it waits for, or waited for last, and the way to answer. */
  readonly asked: { readonly question: RunQuestion; readonly answer: AnswerQuestion } | null;
  /** What it sent so far. */
  readonly messages: readonly RunMessage[];
  /** Null while the run goes on. */
  readonly result: RunResult | null;
}

/** What a save is doing; whether something is unsaved is the document store's to say. */
type SaveStatus = "idle" | "saving" | "failed";

/** What is on the screen and not in the document. */
export interface ViewState {
  readonly activeDataflow: string;
  readonly selection: Selection;
  /** Steps that were just added: what they lack is not an error yet. `dataflow/step` */
  readonly fresh: ReadonlySet<string>;
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly lanes: readonly Lane[];
  readonly leftTab: LeftTab;
  readonly rightTab: RightTab;
  readonly outputTab: OutputTab;
  readonly open: Readonly<Record<Panel, boolean>>;
  readonly issues: readonly Issue[];
  /** The issues of each step, worst first. `dataflow/step` */
  readonly stepIssues: Readonly<Record<string, readonly Issue[]>>;
  readonly run: PreviewRun | null;
  /** What the page in the preview holds: the input of the next run. */
  readonly previewInput: JsonObject;
  readonly saveStatus: SaveStatus;
  readonly importOpen: boolean;
}

/** The view of one designer. */
export type ViewStore = StoreApi<ViewState>;

/** Creates the view of a designer. */
export function createViewStore(activeDataflow: string): ViewStore {
  return createStore<ViewState>(() => ({
    activeDataflow,
    selection: emptySelection,
    fresh: new Set(),
    nodes: [],
    edges: [],
    lanes: [],
    leftTab: "steps",
    rightTab: "parameters",
    outputTab: "output",
    open: { left: true, right: true, preview: true, drawer: false },
    issues: [],
    stepIssues: {},
    run: null,
    previewInput: {},
    saveStatus: "idle",
    importOpen: false,
  }));
}

/** Nothing is selected. */
export const emptySelection: Selection = { stepKeys: [], edgeId: null };

/** The name under which a step of a dataflow is kept in `fresh` and `stepIssues`. */
export function stepPath(dataflowKey: string, stepKey: string): string {
  return `${dataflowKey}/${stepKey}`;
}
