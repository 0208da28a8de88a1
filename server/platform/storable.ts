/**
 * Text as Postgres can hold it: without zero characters, and with the replacement sign for half of a surrogate pair, which no
 * UTF-8 can hold. Whoever sends one meant nothing by it; kept, it would fail the whole statement that it stands in.
 */
export const storable = (text: string): string =>
  text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");

/** The same for every text inside a value, for `JSON.parse` and `JSON.stringify`. */
export const storableValue = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? storable(value) : value;
