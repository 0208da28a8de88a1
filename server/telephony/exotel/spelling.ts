/** Exotel writes Indian numbers with a 0 in front, others in E.164. */
export const numberForExotel = (phone: string): string =>
  phone.startsWith("+91") ? `0${phone.slice(3)}` : phone;

/** Exotel's times carry no zone; they are Indian ones. Null for what cannot be read. */
export function timeOf(value: unknown): Date | null {
  if (typeof value !== "string" || value === "") return null;
  const at = new Date(`${value.replace(" ", "T")}+05:30`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** The same way back: for filters by time. */
export const timeForExotel = (at: Date): string =>
  new Date(at.getTime() + 5.5 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
