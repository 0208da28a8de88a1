/** What a log may hold of an error. Names, codes and places in our code; no values that a statement carried. */
export type SafeError = { type: string; code?: string; message: string; stack?: string; cause?: SafeError };

/** Classes of SQLSTATE whose messages quote values: data exceptions and violated constraints. */
const QUOTES_VALUES = /^2[23][0-9A-Z]{3}$/;

/** Drizzle writes a statement's parameters below it; Zod and JSON quote what they were given. */
export function safeMessage(message: string, code?: unknown): string {
  if (typeof code === "string" && QUOTES_VALUES.test(code)) return `refused by the database (${code})`;
  return message
    .replace(/\nparams: [\s\S]*$/, "")
    .replace(/(Unexpected token .*?), [\s\S]*(is not valid JSON)$/, "$1 … $2");
}

/** An error for the log: the same shape as pino's own, without the values that database errors carry along. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const message = safeMessage(error.message, code);
  // The stack begins with the message; what follows are places.
  const places = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    ...(typeof code === "string" || typeof code === "number" ? { code: String(code) } : {}),
    message,
    ...(places?.length ? { stack: places.join("\n") } : {}),
    ...(cause && depth < 3 ? { cause: safeError(cause, depth + 1) } : {}),
  };
}

/** Why something failed, for a log or a column that people read, at most 300 characters: as safe as `safeError`. */
export function failureText(error: unknown): string {
  const { code, message } = safeError(reasonOf(error));
  return (code === undefined || message.includes(code) ? message : `${code}: ${message}`).slice(0, 300);
}

/** Drizzle's own words are the statement; what was wrong with it says the cause. */
const reasonOf = (error: unknown): unknown =>
  error instanceof Error && error.message.startsWith("Failed query") && error.cause ? error.cause : error;
