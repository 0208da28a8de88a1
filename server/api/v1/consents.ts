import { z } from "zod";
import { getCustomerConsent } from "@/server/consent/get-customer-consent";
import { listChanges } from "@/server/consent/list-changes";
import { consentReaders, contactChannels, purposes } from "@/server/consent/status";
import { getCustomer } from "@/server/customers/get";
import { customerEditors, customerReaders } from "@/server/customers/status";
import { consentBody, consentOutcome, recordConsentOf } from "./customers";
import { operation } from "./operation";
import { place } from "./place";

const named = { channel: z.enum(contactChannels), purpose: z.enum(purposes) };

export const getConsents = operation({
  id: "listConsents",
  method: "GET",
  path: "/consents",
  scope: "consents:read",
  roles: consentReaders,
  summary: "List what customers agreed to and withdrew, newest first",
  status: 200,
  paged: true,
  query: place.extend({
    cursor: z.uuid("Give the next_cursor of a page.").optional(),
    channel: named.channel.optional(),
    purpose: named.purpose.optional(),
    action: z.enum(["granted", "withdrawn"]).optional(),
  }),
  data: z.array(
    z.object({
      consent_id: z.uuid(),
      customer_id: z.uuid(),
      ...named,
      action: z.enum(["granted", "withdrawn"]),
      source: z.string(),
      text_shown: z.string().nullable(),
      at: z.string(),
    }),
  ),
  handle: async ({ ctx, query: { channel, purpose, action, cursor, limit } }) => {
    const filters = {
      channel: channel ? [channel] : [],
      purpose: purpose ? [purpose] : [],
      action: action ? [action] : [],
    };
    const page = await listChanges(ctx, { ...filters, after: cursor ?? null }, limit);
    const data = page.rows.map((row) => ({
      consent_id: row.id,
      customer_id: row.customerId,
      channel: row.channel,
      purpose: row.purpose,
      action: row.action,
      source: row.source,
      text_shown: row.textShown,
      at: row.at,
    }));
    return { data, next_cursor: page.next, message: `${data.length} of this page.` };
  },
});

export const getStanding = operation({
  id: "getCustomerConsents",
  method: "GET",
  path: "/customers/{id}/consents",
  scope: "consents:read",
  roles: customerReaders,
  summary: "What stands for a customer, by channel and purpose",
  status: 200,
  data: z.array(
    z.object({
      ...named,
      /** `contract`: nothing was said, and the customer's contract allows it. */
      state: z.enum(["granted", "withdrawn", "contract", "none"]),
      source: z.string().nullable(),
      at: z.string().nullable(),
    }),
  ),
  handle: async ({ ctx, params: { id = "" } }) => {
    const { standings } = await getCustomerConsent(ctx, { customerId: id });
    return { data: standings, message: "The consents as they stand." };
  },
});

export const addConsents = operation({
  id: "recordConsents",
  method: "POST",
  path: "/customers/{id}/consents",
  scope: "consents:write",
  roles: customerEditors,
  summary: "Record what a customer agreed to or withdrew, with its proof; once where it stands already",
  status: 201,
  body: z.strictObject({ consents: z.array(consentBody).min(1).max(8) }),
  example: {
    consents: [
      {
        action: "granted",
        channel: "email",
        purpose: "promotional",
        source: "website",
        text_shown: "Send me offers by e-mail",
        evidence: "form 4711",
      },
    ],
  },
  data: z.object({ customer_id: z.uuid(), consents: z.array(consentOutcome) }),
  handle: async ({ ctx, params: { id = "" }, body: { consents } }) => {
    const { id: customerId } = await getCustomer(ctx, { customerId: id });
    const done = [];
    for (const consent of consents) done.push(await recordConsentOf(ctx, customerId, consent));
    return { data: { customer_id: customerId, consents: done }, message: "The consents are recorded." };
  },
});
