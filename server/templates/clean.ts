const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Safe inside HTML text and quoted attributes. */
export const escapeHtml = (text: string): string =>
  /[&<>"'`]/.test(text) ? text.replace(/[&<>"'`]/g, (character) => entities[character] ?? "") : text;

// C0 and C1 controls, line and paragraph separators: what could end a header or a line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
// Direction overrides: a name that holds one would turn the rest of the message around.
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** One line without control characters or direction overrides: a customer's value, a header. Trimmed. */
export const oneLine = (text: string): string =>
  text.replace(CONTROLS, " ").replace(DIRECTIONS, "").replace(/ {2,}/g, " ").trim();

/** An absolute http(s) address in its normal form, or null. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" ? url.href : null;
}
