/** Types of places that the DLT portals know, and what may stand in each. */
const types: Record<string, string> = {
  var: ".{1,60}?",
  numeric: "[\\d.,/:\\-\\s]{1,40}?",
  alphanumeric: "[\\w\\s.,:/&()\\-]{1,60}?",
  url: "https?://\\S{1,200}?|[\\w.\\-]+/\\S{1,200}?",
  urlott: "https?://\\S{1,200}?|[\\w.\\-]+/\\S{1,200}?",
  cbn: "\\+?[\\d\\s\\-]{3,16}?",
  email: "[^\\s@]+@[^\\s@]+?",
};

const PLACE = /\{#\s*([a-z]+)\s*#\}/gi;

/** The types of a registered text's places, in order: `["var", "numeric"]`. */
export const placesOf = (text: string): string[] =>
  [...text.matchAll(PLACE)].map(([, type = ""]) => type.toLowerCase());

/** Why a registered text cannot be one; null when it can. */
export function problemOf(text: string): string | null {
  const unknown = placesOf(text).find((type) => !(type in types));
  if (unknown) return `{#${unknown}#} is not a kind of place that the registry knows`;
  if (text.replace(PLACE, "").includes("{#") || text.replace(PLACE, "").includes("#}"))
    return "a place is not written as {#var#}";
  return null;
}

/** A registered text with its places filled, in order. */
export function fillPlaces(text: string, values: readonly string[]): string {
  let at = 0;
  return text.replace(PLACE, () => values[at++] ?? "");
}

const escaped = (words: string): string =>
  words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");

/**
 * What stands in the places of a message, when the message is a filling of the registered text and each place holds what
 * its type allows; null when it is not. This is what the operators check: a text that does not match is dropped by them.
 */
export function matchRegistered(text: string, message: string): string[] | null {
  const words = text.split(/\{#\s*[a-z]+\s*#\}/gi);
  const kinds = placesOf(text);
  const pattern = words
    .map(
      (part, index) =>
        escaped(part) + (index < kinds.length ? `(${types[kinds[index] ?? "var"] ?? types.var})` : ""),
    )
    .join("");
  const found = new RegExp(`^\\s*${pattern}\\s*$`, "su").exec(message);
  return found ? found.slice(1) : null;
}
