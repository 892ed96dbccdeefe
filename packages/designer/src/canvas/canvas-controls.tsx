import { createContext, useContext } from "react";
import type { StepPlace } from "../store/step-recipes.ts";

/** What the rest of the designer may ask of the canvas. */
export interface CanvasControls {
  readonly fitView: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly zoomTo100: () => void;
  /** Brings a card into view; with focus, the keyboard goes there too. */
  readonly reveal: (stepKey: string, options?: { readonly focus?: boolean }) => void;
  /** Opens the step picker for a place, beside what stands for it. */
  readonly pickStep: (place: StepPlace, anchor: Element | null) => void;
}

/** Carries the controls to cards and lanes. */
export const CanvasControlsContext = createContext<CanvasControls | null>(null);

/** The controls of the canvas around a component. */
export function useCanvasControls(): CanvasControls {
  const controls = useContext(CanvasControlsContext);
  if (!controls) throw new Error("This part of the canvas stands outside <Canvas>. Render it inside.");
  return controls;
}
