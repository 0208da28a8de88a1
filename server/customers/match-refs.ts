import type { CustomerRef } from "@/server/events/schemas";
import { isId, newId } from "@/server/platform/ids";
import { parseEmail, parsePhone } from "./addresses";

/** The addresses of a customer, in their one spelling. */
export type Keys = { externalId: string | null; phone: string | null; email: string | null };
export type KnownCustomer = Keys & { id: string };

/** Whom an event speaks of, parsed; `id` only where it is one. */
export type Wanted = Keys & { id: string | null; name: string };

const NOBODY = "There is no customer with this id.";

/** The reference in the spelling of the database, or why it cannot be one. */
export function parseRef(ref: CustomerRef): Wanted | { reason: string } {
  const phone = ref.phone ? parsePhone(ref.phone) : null;
  if (phone && !phone.ok) return { reason: phone.reason };
  const email = ref.email ? parseEmail(ref.email) : null;
  if (email && !email.ok) return { reason: email.reason };
  if (ref.id && !isId(ref.id)) return { reason: NOBODY };
  return {
    id: ref.id ?? null,
    externalId: ref.external_id ?? null,
    phone: phone?.value ?? null,
    email: email?.value ?? null,
    name: ref.name ?? "",
  };
}

export type Found = { customerId: string } | { unknown: true } | { reason: string };

/** Finds the customers of a batch; whoever is made for one event is known to the next. */
export type Matcher = { find: (wanted: Wanted) => Found; add: (wanted: Wanted) => string };

/**
 * By id, then external id, then phone, then e-mail (`joints.md`). A phone or an e-mail may be shared by a family: then the
 * other address must tell which of them is meant. A customer with another external id is another customer.
 */
export function makeMatcher(known: KnownCustomer[]): Matcher {
  const byId = new Map<string, KnownCustomer>();
  const by: Record<keyof Keys, Map<string, KnownCustomer[]>> = {
    externalId: new Map(),
    phone: new Map(),
    email: new Map(),
  };
  const insert = (customer: KnownCustomer) => {
    byId.set(customer.id, customer);
    for (const key of ["externalId", "phone", "email"] as const) {
      const value = customer[key];
      if (value === null) continue;
      const sharing = by[key].get(value);
      if (sharing) sharing.push(customer);
      else by[key].set(value, [customer]);
    }
  };
  for (const customer of known) insert(customer);
  const having = (key: keyof Keys, value: string | null): KnownCustomer[] =>
    value === null ? [] : (by[key].get(value) ?? []);

  const find = (wanted: Wanted): Found => {
    if (wanted.id !== null) return byId.has(wanted.id) ? { customerId: wanted.id } : { reason: NOBODY };
    const [named] = having("externalId", wanted.externalId);
    if (named) return { customerId: named.id };
    for (const key of ["phone", "email"] as const) {
      const sharing = having(key, wanted[key]).filter(
        ({ externalId }) => wanted.externalId === null || externalId === null,
      );
      const found = oneOf(sharing, wanted, key);
      if (found) return found;
    }
    return { unknown: true };
  };
  const add = ({ externalId, phone, email }: Wanted): string => {
    const made = { id: newId(), externalId, phone, email };
    insert(made);
    return made.id;
  };
  return { find, add };
}

function oneOf(sharing: KnownCustomer[], wanted: Wanted, by: "phone" | "email"): Found | null {
  const [first] = sharing;
  if (!first) return null;
  if (sharing.length === 1) return { customerId: first.id };
  const other = by === "phone" ? "email" : "phone";
  const exact = sharing.filter((customer) => wanted[other] !== null && customer[other] === wanted[other]);
  const [only] = exact;
  return only && exact.length === 1
    ? { customerId: only.id }
    : {
        reason: `${sharing.length} customers share this ${by === "phone" ? "phone" : "e-mail"}. Send their external_id.`,
      };
}
