/** How many of so many are sent the message when `holdOut` per cent are held out to measure against; about, as they are drawn. */
export const treatedOf = (reachable: number, holdOut: number): number =>
  Math.round((reachable * (100 - holdOut)) / 100);

/** "; about 40 more are held out, to measure against", or nothing where nobody is. */
export function heldOutWords(reachable: number, holdOut: number, format: (count: number) => string): string {
  const held = reachable - treatedOf(reachable, holdOut);
  if (held === 0) return "";
  return `; about ${format(held)} more ${held === 1 ? "is" : "are"} held out, to measure against`;
}
