/** A fixed sequence that looks random: what fails with a seed does so again. Each call throws a die of so many sides, from 0. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}
