/** The entity tag of a stored version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}
