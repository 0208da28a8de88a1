import { z } from "zod";

type Optional<Shape extends z.ZodRawShape> = ReturnType<z.ZodObject<Shape>["partial"]>;

/**
 * The fields of a form as a change: each may be left out, and then stays left out. `partial()` alone is a trap: it fills a
 * default in for every field that nobody sent, and an edit of one field would empty the others.
 */
export function changesOf<Shape extends z.ZodRawShape>(form: z.ZodObject<Shape>): Optional<Shape> {
  const fields = Object.entries(form.shape).map(([name, field]) => {
    const plain = field instanceof z.ZodDefault ? field.unwrap() : field;
    return [name, z.optional(plain)];
  });
  return z.object(Object.fromEntries(fields)) as unknown as Optional<Shape>;
}

/** Only the fields that were given. */
export const withoutUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined)) as never;
