/** A line as people know it: India's 1600 and 140 numbers without the country code. */
export function spellLine(number: string): string {
  const series = /^\+91(1600)(\d{3})(\d{3})$/.exec(number) ?? /^\+91(140)(\d{3})(\d{4})$/.exec(number);
  return series ? series.slice(1).join(" ") : number;
}
