import { z } from "zod";

/** What somebody types to confirm: the name, or what stands for a customer without one. */
export const confirmationOf = (customer: {
  name: string;
  email: string | null;
  phone: string | null;
  externalId: string | null;
}): string => customer.name || customer.email || customer.phone || customer.externalId || "erase";

/** Spaces and capitals do not matter: the eye that reads the name does not see them. */
export const sameConfirmation = (typed: string, wanted: string): boolean =>
  plainName(typed) === plainName(wanted);

/** A name without what the eye does not see: spaces more than one, capitals. */
const plainName = (text: string): string => text.trim().replace(/\s+/g, " ").toLowerCase();

export const requestErasureInput = z.object({
  customerId: z.string(),
  /** The customer's name as `confirmationOf` gives it: the one question that is asked. */
  typed: z.string().max(400),
  /** Keyed hashes of the addresses and ids stay, so that no file and no event brings the person back. */
  keepOut: z.boolean().default(true),
});
export type RequestErasureInput = z.input<typeof requestErasureInput>;

export const erasureOfInput = z.object({ customerId: z.string() });

export const listErasuresInput = z.object({
  after: z.uuid().nullish().catch(null),
  before: z.uuid().nullish().catch(null),
});
export type ListErasuresInput = z.input<typeof listErasuresInput>;
