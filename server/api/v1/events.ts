import { z } from "zod";
import { ingestTogether } from "@/server/events/ingest-together";
import { eventInput, ingestInput, MOST_EVENTS } from "@/server/events/schemas";
import { eventSenders } from "@/server/events/status";
import { counted } from "./counted";
import { marked } from "./marked";
import { operation } from "./operation";

const outcome = z.discriminatedUnion("status", [
  z.object({ status: z.literal("stored"), event_id: z.uuid(), customer_id: z.uuid() }),
  z.object({ status: z.literal("duplicate") }),
  z.object({ status: z.literal("refused"), reason: z.string() }),
]);

/** Stored when it is answered: with `id`s, the same batch may be sent again after a lost answer. */
export const sendEvents = operation({
  id: "sendEvents",
  method: "POST",
  path: "/events",
  scope: "events:write",
  roles: eventSenders,
  summary: "Send up to 1,000 events; stored when answered, once for each id",
  status: 202,
  body: ingestInput,
  described: ingestInput.extend({ events: z.array(eventInput).min(1).max(MOST_EVENTS) }),
  example: {
    events: [
      {
        id: "crm-88120",
        name: "quote_requested",
        customer: { external_id: "CRM-1001", phone: "+919820012345" },
        properties: { product: "term", sum_assured: 5_000_000 },
        occurred_at: "2026-03-31T10:00:00+05:30",
      },
    ],
    create_customers: true,
  },
  most: { field: "events", count: MOST_EVENTS },
  data: z.object({
    stored: z.number().int(),
    duplicates: z.number().int(),
    refused: z.number().int(),
    created_customers: z.number().int(),
    /** What became of each event, in the order of the batch. */
    results: z.array(outcome),
  }),
  handle: async ({ ctx, mark, body }) => {
    const { outcomes, ...counts } = await ingestTogether(ctx, { ...body, events: marked(body.events, mark) });
    const message = `${counted(counts.stored, "event")} stored, ${counts.duplicates} known already, ${counts.refused} refused.`;
    return { data: { ...counts, results: outcomes }, message };
  },
});
