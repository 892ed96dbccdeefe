import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** The colours of scripts: the designer's own, which hold their contrast in both looks. */
export const scriptColours: HighlightStyle = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    color: "var(--of-accent-text)",
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--of-output)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--of-model)" },
  { tag: tags.comment, color: "var(--of-text-3)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: "var(--of-input)" },
]);
