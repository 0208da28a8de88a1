import { z } from "zod";
import { contactChannels, purposes, suppressionReasons } from "@/server/consent/status";
import { type CustomerDetail, getCustomer } from "@/server/customers/get";
import { stopStates, tiers } from "@/server/customers/schemas";
import { customerEditors, customerReaders } from "@/server/customers/status";
import { updateCustomer } from "@/server/customers/update";
import { requestErasure } from "@/server/erasures/request";
import { confirmationOf } from "@/server/erasures/schemas";
import { customerBody, fieldsOf } from "./customers";
import { staleAs } from "./if-match";
import { operation } from "./operation";

/** What is known of a customer, in a list and by itself. */
export const customer = z.object({
  customer_id: z.uuid(),
  external_id: z.string().nullable(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string(),
  tier: z.enum(tiers),
  city: z.string().nullable(),
  engagement_score: z.number().int(),
  stop_state: z.enum(stopStates).nullable(),
  tags: z.array(z.string()),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  created_at: z.string(),
  updated_at: z.string(),
});

const detail = customer.extend({
  birth_date: z.string().nullable(),
  time_zone: z.string().nullable(),
  /** When the personal values are to go; null unless erasure was asked for. */
  erase_after: z.string().nullable(),
  consents: z.array(
    z.object({
      channel: z.enum(contactChannels),
      purpose: z.enum(purposes),
      granted: z.boolean(),
      source: z.string().nullable(),
      at: z.string(),
    }),
  ),
  suppressions: z.array(
    z.object({ channel: z.enum(contactChannels), reason: z.enum(suppressionReasons), at: z.string() }),
  ),
});

type Line = Pick<
  CustomerDetail,
  "id" | "externalId" | "name" | "phone" | "email" | "language" | "tier" | "city" | "engagementScore"
> &
  Pick<CustomerDetail, "stopState" | "tags" | "attributes" | "createdAt" | "updatedAt">;

export const lineOf = (row: Line): z.output<typeof customer> => ({
  customer_id: row.id,
  external_id: row.externalId,
  name: row.name,
  phone: row.phone,
  email: row.email,
  language: row.language,
  tier: row.tier,
  city: row.city,
  engagement_score: row.engagementScore,
  stop_state: row.stopState,
  tags: row.tags,
  attributes: row.attributes,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
});

const detailOf = (row: CustomerDetail): z.output<typeof detail> =>
  detail.parse({
    ...lineOf(row),
    birth_date: row.birthDate,
    time_zone: row.timeZone,
    erase_after: row.eraseAfter,
    consents: row.consents,
    suppressions: row.suppressions,
  });

export const getOneCustomer = operation({
  id: "getCustomer",
  method: "GET",
  path: "/customers/{id}",
  scope: "customers:read",
  roles: customerReaders,
  summary: "One customer with attributes, consents and suppressions",
  status: 200,
  tagged: true,
  data: detail,
  handle: async ({ ctx, params: { id = "" } }) => {
    const found = await getCustomer(ctx, { customerId: id });
    return { data: detailOf(found), etag: found.state, message: "The customer as it stands." };
  },
});

export const putCustomer = operation({
  id: "updateCustomer",
  method: "PUT",
  path: "/customers/{id}",
  scope: "customers:write",
  roles: customerEditors,
  summary: "Change a customer; what is left out stays, null removes a value",
  status: 200,
  tagged: true,
  body: customerBody,
  example: { city: "Pune", tags: ["branch-west"] },
  data: detail,
  handle: async ({ ctx, params: { id = "" }, body, ifMatch }) => {
    const { tags } = body;
    const change = { customerId: id, changes: fieldsOf(body) };
    await updateCustomer(ctx, change, { state: ifMatch, tags }).catch(staleAs(ifMatch));
    const found = await getCustomer(ctx, { customerId: id });
    return { data: detailOf(found), etag: found.state, message: "The customer was changed." };
  },
});

export const deleteCustomer = operation({
  id: "eraseCustomer",
  method: "DELETE",
  path: "/customers/{id}",
  scope: "customers:write",
  roles: ["admin"],
  summary:
    "Ask for a customer to be forgotten: nothing is sent from now on, the values go after the workspace's days",
  status: 202,
  data: z.object({ customer_id: z.uuid(), erase_after: z.string() }),
  handle: async ({ ctx, params: { id = "" } }) => {
    const found = await getCustomer(ctx, { customerId: id });
    const { dueAt } = await requestErasure(ctx, { customerId: found.id, typed: confirmationOf(found) });
    return {
      data: { customer_id: found.id, erase_after: dueAt },
      message: "The customer will be forgotten. Nothing is sent any more.",
    };
  },
});
