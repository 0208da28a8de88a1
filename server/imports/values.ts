const languages: Record<string, string> = {
  english: "en",
  अंग्रेज़ी: "en",
  अंग्रेजी: "en",
  hindi: "hi",
  हिन्दी: "hi",
  हिंदी: "hi",
  marathi: "mr",
  मराठी: "mr",
  gujarati: "gu",
  bengali: "bn",
  bangla: "bn",
  tamil: "ta",
  telugu: "te",
  kannada: "kn",
  malayalam: "ml",
  punjabi: "pa",
  urdu: "ur",
  odia: "or",
  oriya: "or",
  assamese: "as",
  nepali: "ne",
};

/** A BCP 47 code from a code or a language's usual name; null when it is neither. */
export function parseLanguage(text: string): string | null {
  const known = languages[text.toLowerCase()];
  if (known) return known;
  const code = text.replace("_", "-");
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(code)) return null;
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null;
  } catch {
    return null;
  }
}

const LONGEST_ATTRIBUTE = 1_000;

/** Numbers become numbers where nothing is lost (00123 and 16-digit numbers stay text); the rest is text. */
export function parseAttribute(text: string): string | number {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text && Math.abs(number) <= Number.MAX_SAFE_INTEGER
    ? number
    : text.slice(0, LONGEST_ATTRIBUTE);
}
