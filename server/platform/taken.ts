import { AppError } from "./errors";

/** What is said where a unique key of the database is taken, by the key's name, and the field to change. */
type TakenWords = Readonly<Record<string, { message: string; field: string }>>;

/** Waits for a write; a key that is taken becomes its sentence, other errors stay. @throws AppError CONFLICT */
export async function refusingTaken<T>(words: TakenWords, write: PromiseLike<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const { code, constraint_name: key = "" } =
      (error as { cause?: { code?: string; constraint_name?: string } }).cause ?? {};
    const said = code === "23505" && Object.hasOwn(words, key) ? words[key] : undefined;
    // Without the cause: its detail holds the value that was taken.
    throw said ? new AppError("CONFLICT", said.message, { field: said.field }) : error;
  }
}
