const names = new Intl.DisplayNames(["en-IN"], { type: "language", fallback: "code" });

/** "hi" → "Hindi". */
export const languageName = (code: string): string => names.of(code) ?? code;

/** Languages that a campaign can be written in, those of India first. */
export const languageChoices = [
  "en",
  "hi",
  "mr",
  "gu",
  "bn",
  "ta",
  "te",
  "kn",
  "ml",
  "pa",
  "or",
  "as",
  "ur",
] as const;
