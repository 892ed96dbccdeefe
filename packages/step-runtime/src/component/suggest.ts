/** Finds the known name that a wrong one was probably meant to be. */
export type Suggest = (name: string, known: Iterable<string>) => string | null;

/** Longer names are not worth a guess. */
const maxLength = 64;

/**
 * Makes a {@link Suggest} that stops guessing after `budget` comparisons: a file with ten thousand wrong names among ten
 * thousand right ones must not take minutes.
 */
export function createSuggest(budget = 20_000): Suggest {
  let left = budget;
  return (name, known) => {
    const wanted = name.toLowerCase();
    let best: string | null = null;
    // A third of the letters may be wrong, four at most.
    let limit = Math.min(4, Math.floor((wanted.length + 1) / 3));
    if (wanted.length > maxLength) return null;
    for (const candidate of known) {
      if (left-- <= 0) break;
      if (candidate === name || Math.abs(candidate.length - wanted.length) > limit) continue;
      const distance = editDistance(wanted, candidate.toLowerCase());
      if (distance > limit) continue;
      best = candidate;
      limit = distance - 1;
      if (limit < 0) break;
    }
    return best;
  };
}

// Optimal string alignment (Levenshtein's distance with swapped neighbours as one mistake): too small to be worth a dependency.
function editDistance(a: string, b: string): number {
  let twoAbove: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? (twoAbove[column - 2] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, swapped, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    twoAbove = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
