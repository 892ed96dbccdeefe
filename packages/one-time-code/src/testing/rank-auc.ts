/**
 * How often a value of the first sample is greater than one of the second, ties counting half (Mann and Whitney's U
 * over all pairs): 0.5 when nothing tells them apart, 0 or 1 when everything does.
 */
export function rankAuc(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((value) => ({ value, mine: true })),
    ...second.map((value) => ({ value, mine: false })),
  ].toSorted((left, right) => left.value - right.value);
  let rankSum = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1;
    // Equal values share the mean of their ranks, which count from 1.
    const rank = (start + 1 + end) / 2;
    for (const { mine } of all.slice(start, end)) if (mine) rankSum += rank;
    start = end;
  }
  return (rankSum - (first.length * (first.length + 1)) / 2) / (first.length * second.length);
}
