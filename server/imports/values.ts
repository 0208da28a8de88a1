const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * A calendar day as `YYYY-MM-DD`: from 1980-12-31, 31/12/1980, 31-12-1980, 31.12.1980 (day before month, as in India) or
 * 31 Dec 1980. Null when it is none, does not exist, or is not a birth date (before 1900).
 */
export function parseDay(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (local) return day(local[3], local[2], local[1]);
  const named = /^(\d{1,2})[-\s]([a-z]{3})[a-z]*[-\s,]+(\d{4})$/i.exec(text);
  const month = months.indexOf((named?.[2] ?? "").toLowerCase()) + 1;
  return named && month > 0 ? day(named[3], String(month), named[1]) : null;
}

function day(year = "", month = "", date = ""): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  return exists && text >= "1900-01-01" ? text : null;
}

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
