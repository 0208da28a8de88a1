/** Types of places that the DLT portals know: what may stand in each, and how much of it. */
const kinds: Record<string, { most: number; clean: (text: string) => string }> = {
  var: { most: 30, clean: (text) => text },
  alphanumeric: { most: 30, clean: (text) => text.replace(/[^\p{L}\p{M}\p{N}\s.,:/&()-]/gu, " ") },
  numeric: { most: 30, clean: (text) => text.replace(/^\D+|[^\d.,/:\-\s]/g, "") },
  cbn: { most: 16, clean: (text) => text.replace(/[^\d+\s-]/g, "") },
  email: { most: 60, clean: (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text : "") },
  url: { most: 200, clean: (text) => text },
  urlott: { most: 200, clean: (text) => text },
};

const PLACE = /\{#\s*([a-z]+)\s*#\}/gi;

/** A registered text in pieces: the words that must stay as they are, and the kinds of the places between them. */
export function piecesOf(text: string): { words: string[]; places: string[] } {
  return {
    words: text.split(/\{#\s*[a-z]+\s*#\}/gi),
    places: [...text.matchAll(PLACE)].map(([, kind = ""]) => kind.toLowerCase()),
  };
}

/** Most characters that a place takes. */
export const mostIn = (kind: string): number => kinds[kind]?.most ?? 30;

export const takesLinks = (kind: string): boolean => kind === "url" || kind === "urlott";

/**
 * A value as its place takes it: without what the type forbids, and cut to its length, so that the operators find the text
 * that is registered. "" when nothing is left that may stand there. A link is never cut.
 */
export function fitPlace(kind: string, text: string): string {
  const { most, clean } = kinds[kind] ?? { most: 30, clean: (value: string) => value };
  const cleaned = clean(text).replace(/ {2,}/g, " ").trim();
  const characters = [...cleaned];
  if (characters.length <= most) return cleaned;
  return takesLinks(kind) ? "" : characters.slice(0, most).join("").trim();
}
