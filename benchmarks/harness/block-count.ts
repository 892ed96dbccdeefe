/**
 * How many blocks to measure: `--blocks=n`, else what the benchmark takes by itself.
 *
 * @throws Error when n is no number above 0
 */
export function blockCount(usual: number): number {
  const given = process.argv.find((argument) => argument.startsWith("--blocks="))?.slice(9);
  if (given === undefined) return usual;
  if (!/^[1-9]\d{0,3}$/.test(given)) throw new Error(`--blocks=${given}: give a whole number from 1 to 9999.`);
  return Number(given);
}
