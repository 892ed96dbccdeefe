/** The measures of cards and lanes, in pixels at zoom 1. */
export const cardSize = {
  width: 240,
  height: 72,
  /** Between two cards of a lane. */
  gap: 24,
  /** After a card whose side outcomes are followed. */
  gapBranch: 48,
  /** After a card with three or more outcomes: their names need room. */
  gapOutcomes: 72,
  /** Above the first card of a lane. */
  laneInset: 12,
  /** Between the middles of two columns. Cards never share a row, so columns may overlap; a line down one clears the next. */
  column: 144,
  grid: 24,
} as const;
