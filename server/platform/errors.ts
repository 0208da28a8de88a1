/** The closed list. Doors map each to their transport; anything else is a defect and shows as INTERNAL. */
export const errorCodes = [
  "BAD_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "LIMIT_EXCEEDED",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED",
  "UNAVAILABLE",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error that is safe to show: `message` says what happened and what to do, in the words of the person who sees it.
 * `details` holds facts for a program (`{ field, max, used }`), never personal values.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Record<string, string | number | boolean | null> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The one answer for a row that is missing or belongs to another workspace. */
export const notFound = (noun: string): AppError =>
  new AppError("NOT_FOUND", `This ${noun} does not exist, or it is not in this workspace.`);

/** The row if there is one. @throws AppError NOT_FOUND */
export function required<T>(row: T | undefined | null, noun: string): T {
  if (row === undefined || row === null) throw notFound(noun);
  return row;
}
