// the designer
export { FlowDesigner } from "./flow-designer.tsx";
export type { FlowDesignerHandle, FlowDesignerProps } from "./flow-designer.tsx";
export type { DesignerLocale } from "./locales/create-i18n.ts";
export type { DesignerSession } from "./store/designer-context.tsx";
