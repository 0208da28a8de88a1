import { z } from "zod";
import { listCustomers } from "@/server/customers/list";
import {
  consentFilters,
  customerSorts,
  listCustomersInput,
  stopStates,
  tiers,
} from "@/server/customers/schemas";
import { customerReaders } from "@/server/customers/status";
import { counted } from "./counted";
import { customer, lineOf } from "./one-customer";
import { operation } from "./operation";

/** A filter that may stand there several times. Unlike on the screen, a value that there is not is refused, not left out. */
const several = <Value extends z.ZodType<string>>(value: Value, error: string) =>
  z
    .union([value, z.array(value)], { error })
    .transform((given) => [given].flat() as z.output<Value>[])
    .default([]);
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  several(z.enum(values), `Give one of ${values.join(", ")}.`);
const words = several(z.string().max(500), "Give a text.");

const { search, exactly } = listCustomersInput.shape;
const { externalId, phone, email } = exactly.unwrap().shape;

export const getCustomers = operation({
  id: "listCustomers",
  method: "GET",
  path: "/customers",
  scope: "customers:read",
  roles: customerReaders,
  summary:
    "List customers by the filters of the screen or by a whole external_id, phone or email, 50 a page; most filters may be given several times",
  status: 200,
  paged: true,
  query: z.strictObject({
    search,
    external_id: externalId,
    phone,
    email,
    tier: oneOf(tiers),
    language: words,
    city: words,
    tag: words,
    segment: several(z.uuid(), "Give the id of a segment."),
    stop: oneOf(["none", ...stopStates]),
    consent: oneOf(consentFilters),
    /** `key:value`. */
    attribute: several(z.string().regex(/^[^:]+:/), "Give an attribute's key and a value, like plan:Plus."),
    sort: z.enum(customerSorts).default("-recent"),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  data: z.array(customer),
  handle: async ({ ctx, query: { cursor, limit, external_id, phone, email, ...filters } }) => {
    const exactly = { externalId: external_id, phone, email };
    const { rows, next, total } = await listCustomers(ctx, { ...filters, exactly, after: cursor }, limit);
    return { data: rows.map(lineOf), total, next_cursor: next, message: `${counted(total, "customer")}.` };
  },
});
