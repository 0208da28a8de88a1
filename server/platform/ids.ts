import { v7, validate } from "uuid";
import { AppError } from "./errors";

/** A new UUIDv7: sortable by time, made by the application because servers older than 18 cannot. */
export const newId = (): string => v7();

/** True for a well-formed UUID of any version. */
export const isId = (value: string): boolean => validate(value);

/** The id as the database writes it, in small letters; a malformed id answers exactly like a missing row. */
export function parseId(value: string): string {
  if (!isId(value))
    throw new AppError(
      "NOT_FOUND",
      "There is nothing at this address. It may have been removed, or the link is incomplete.",
    );
  return value.toLowerCase();
}
