/** WhatsApp numbers what changes in a text; people write and read it with names. Pure: safe in the browser. */

const TAG = /\{\{[^{}]*\}\}/g;
const PLACE = /\{\{\s*(\d+)\s*\}\}/g;

/** `{{tags}}` as WhatsApp's numbers, and what stands for each: the same tag has one number. */
export function numbered(words: string): { text: string; variables: string[] } {
  const variables: string[] = [];
  const text = words.replace(TAG, (tag) => {
    if (!variables.includes(tag)) variables.push(tag);
    return `{{${variables.indexOf(tag) + 1}}}`;
  });
  return { text, variables };
}

/** The text with what stands for its numbers. */
export const named = (text: string, variables: readonly string[]): string =>
  text.replace(PLACE, (_, place: string) => variables[Number(place) - 1] ?? "");
