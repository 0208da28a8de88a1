import { successSchema } from "../envelope";
import { operations } from "../operations";

/** Expects an answer to be what the OpenAPI document says of the operation. */
export function expectDocumented(id: string, answer: { body: unknown }): void {
  const found = operations.find((each) => each.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  successSchema(found.data, found.paged ?? false, found.beside).parse(answer.body);
}
