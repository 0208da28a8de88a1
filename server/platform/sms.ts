/** Characters of GSM 03.38's basic table, one septet each. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Characters that take an escape before them: two septets, which are never parted. */
const EXTENDED = "\f^{}\\[~]|€";

const septets = new Map([...BASIC].map((character) => [character, 1]));
for (const character of EXTENDED) septets.set(character, 2);

export type SmsCount = {
  encoding: "GSM-7" | "UCS-2";
  /** Septets of GSM-7, code units of UCS-2. */
  units: number;
  /** What the provider charges for. */
  parts: number;
  /** Units that still fit into the last part. */
  left: number;
};

/**
 * How an SMS is cut: GSM-7 160 in one part or 153 in each of several, UCS-2 70 or 67 (3GPP TS 23.038 and 23.040). Neither an
 * escaped character nor a surrogate pair is cut in two.
 */
export function countSms(text: string): SmsCount {
  const characters = [...text];
  const gsm = characters.every((character) => septets.has(character));
  const width = (character: string) => (gsm ? (septets.get(character) ?? 1) : character.length);
  const [single, several] = gsm ? [160, 153] : [70, 67];
  const units = characters.reduce((sum, character) => sum + width(character), 0);
  const encoding = gsm ? "GSM-7" : "UCS-2";
  if (units <= single) return { encoding, units, parts: 1, left: single - units };
  let parts = 1;
  let used = 0;
  for (const character of characters) {
    if (used + width(character) > several) {
      parts += 1;
      used = 0;
    }
    used += width(character);
  }
  return { encoding, units, parts, left: several - used };
}

/** Characters that take GSM-7 away and halve what fits into a part, each once, in their order. */
export const unicodeCharacters = (text: string): string[] => [
  ...new Set([...text].filter((character) => !septets.has(character))),
];

const PLAIN: Record<string, string> = {
  "₹": "Rs.",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "`": "'",
  "´": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "‑": "-",
  "…": "...",
  "•": "-",
  "·": "-",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\u200b": "",
  "\t": " ",
  ç: "c",
  á: "a",
  í: "i",
  ó: "o",
  ú: "u",
  ê: "e",
  â: "a",
  î: "i",
  ô: "o",
  û: "u",
  "×": "x",
  "→": "->",
  "™": "(TM)",
  "®": "(R)",
  "©": "(C)",
};

/** The text with every character replaced that has a plain one. */
export const plainSms = (text: string): string =>
  [...text]
    .map((character) => (septets.has(character) ? character : (PLAIN[character] ?? character)))
    .join("");
