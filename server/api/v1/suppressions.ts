import { z } from "zod";
import { addSuppressions } from "@/server/consent/add-suppressions";
import { listSuppressions } from "@/server/consent/list-suppressions";
import { addSuppressionsInput, MOST_ADDRESSES } from "@/server/consent/schemas";
import { consentKeepers, consentReaders, contactChannels, suppressionReasons } from "@/server/consent/status";
import { counted } from "./counted";
import { operation } from "./operation";

const { channels, reason, note } = addSuppressionsInput.shape;

export const sendSuppressions = operation({
  id: "addSuppressions",
  method: "POST",
  path: "/suppressions",
  scope: "suppressions:write",
  roles: consentKeepers,
  summary: "Put up to 500 addresses on the list of those that must not be contacted",
  status: 201,
  body: z.strictObject({
    channels,
    /** Phone numbers, e-mail addresses, or both; each is read for its kind. */
    addresses: z
      .array(
        z
          .string()
          .trim()
          .min(3)
          .max(320)
          .regex(/^[^\n,;]*$/, "One address in each entry."),
      )
      .min(1)
      .max(MOST_ADDRESSES),
    reason,
    note,
  }),
  example: {
    channels: ["sms", "whatsapp"],
    addresses: ["+919820012399"],
    reason: "do_not_disturb",
    note: "by the branch",
  },
  most: { field: "addresses", count: MOST_ADDRESSES },
  data: z.object({
    /** Entries, one for each address and channel. */
    added: z.number().int(),
    known: z.number().int(),
    refused: z.array(z.object({ address: z.string(), reason: z.string() })),
  }),
  handle: async ({ ctx, body }) => {
    const { refused, ...counts } = await addSuppressions(ctx, {
      ...body,
      addresses: body.addresses.join("\n"),
      note: body.note || "by API",
    });
    return {
      data: { ...counts, refused: refused.map(({ text, reason }) => ({ address: text, reason })) },
      message: `${counted(counts.added, "entry").replace("entrys", "entries")} added, ${counts.known} known already, ${refused.length} refused.`,
    };
  },
});

export const getSuppressions = operation({
  id: "listSuppressions",
  method: "GET",
  path: "/suppressions",
  scope: "suppressions:read",
  roles: consentReaders,
  summary: "List suppressed addresses, newest first; an address is found by its whole",
  status: 200,
  paged: true,
  query: z.strictObject({
    address: z.string().max(320).optional(),
    channel: z.enum(contactChannels).optional(),
    reason: z.enum(suppressionReasons).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  data: z.array(
    z.object({
      suppression_id: z.uuid(),
      channel: z.enum(contactChannels),
      /** Enough to recognise it, not enough to contact it: the list keeps hashes. */
      address_hint: z.string(),
      reason: z.enum(suppressionReasons),
      origin: z.string(),
      created_at: z.string(),
    }),
  ),
  handle: async ({ ctx, query: { address, channel, reason, cursor, limit } }) => {
    const filters = {
      search: address ?? "",
      channel: channel ? [channel] : [],
      reason: reason ? [reason] : [],
    };
    const { rows, next, total } = await listSuppressions(ctx, { ...filters, after: cursor }, limit);
    return {
      data: rows.map((row) => ({
        suppression_id: row.id,
        channel: row.channel,
        address_hint: row.hint,
        reason: row.reason,
        origin: row.origin,
        created_at: row.at,
      })),
      total,
      next_cursor: next,
      message: `${counted(total, "suppressed address").replace("addresss", "addresses")}.`,
    };
  },
});
