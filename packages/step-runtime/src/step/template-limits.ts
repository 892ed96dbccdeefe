/**
 * The options of every Liquid engine that renders. `templates: {}` keeps includes in memory: there is no file system and
 * no network behind a template.
 */
export const templateLimits = {
  templates: {},
  ownPropertyOnly: true,
  strictVariables: false,
  jsTruthy: false,
  parseLimit: 100_000,
  renderLimit: 1000,
  memoryLimit: 10_000_000,
} as const;

/** What one template may render, in characters. */
export const longestRenderedText = 1_000_000;
