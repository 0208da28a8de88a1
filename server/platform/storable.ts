/** Zero characters and halves of surrogate pairs; whole pairs too, which `storable` leaves as they are. */
const suspect = /[\0\ud800-\udfff]/;
/** The same as JSON spells them: raw, it holds neither once it was read as UTF-8 or written by `JSON.stringify`. */
const suspectInJson = /\\u(?:0000|d[89a-f])/i;

/**
 * Text as Postgres can hold it: without zero characters, and with the replacement sign for half of a surrogate pair, which no
 * UTF-8 can hold. Whoever sends one meant nothing by it; kept, it would fail the whole statement that it stands in.
 */
export const storable = (text: string): string =>
  suspect.test(text) ? text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd") : text;

const storableValue = (_key: string, value: unknown): unknown =>
  typeof value === "string" ? storable(value) : value;

// A function called for each value costs several times the rest: it is left out where no text can need it.

/** `JSON.parse`, with every text inside as it can be stored. @throws SyntaxError */
export const parseStorable = (json: string): unknown =>
  suspectInJson.test(json) ? JSON.parse(json, storableValue) : JSON.parse(json);

/** `JSON.stringify`, with every text inside as it can be stored. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return suspectInJson.test(json) ? JSON.stringify(value, storableValue) : json;
}
