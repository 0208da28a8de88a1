import { z } from "zod";
import { listCustomers } from "@/server/customers/list";
import { countSegment, estimateSegment } from "@/server/segments/count";
import { getSegment } from "@/server/segments/get";
import { listSegments } from "@/server/segments/list";
import { roleKeys } from "@/server/workspaces/roles";
import { counted } from "./counted";
import { customer, lineOf } from "./one-customer";
import { operation } from "./operation";
import { place } from "./place";

const line = z.object({
  segment_id: z.uuid(),
  segment_name: z.string(),
  description: z.string(),
  /** Its rule, read back as a sentence. */
  rule: z.string(),
  tracked: z.boolean(),
  archived: z.boolean(),
  owner_name: z.string().nullable(),
  updated_at: z.string(),
});

export const getSegments = operation({
  id: "listSegments",
  method: "GET",
  path: "/segments",
  scope: "segments:read",
  roles: roleKeys,
  summary: "List segments, newest first",
  status: 200,
  paged: true,
  query: place.extend({
    search: z.string().trim().max(100).optional(),
    archived: z.enum(["true", "false"]).optional(),
  }),
  data: z.array(line),
  handle: async ({ ctx, query: { search, archived, cursor, limit } }) => {
    const page = await listSegments(ctx, { search, archived: archived === "true", after: cursor, limit });
    const data = page.rows.map((row) => ({
      segment_id: row.id,
      segment_name: row.name,
      description: row.description,
      rule: row.sentence,
      tracked: row.tracked,
      archived: row.archived,
      owner_name: row.ownerName,
      updated_at: row.updatedAt.toISOString(),
    }));
    return { data, total: page.total, next_cursor: page.next, message: `${counted(page.total, "segment")}.` };
  },
});

export const getCount = operation({
  id: "countSegment",
  method: "GET",
  path: "/segments/{id}/count",
  scope: "segments:read",
  roles: roleKeys,
  summary: "How many customers a segment has now; with `exact=false` from a sample where there are many",
  status: 200,
  query: z.strictObject({ exact: z.enum(["true", "false"]).default("true") }),
  data: z.object({ segment_id: z.uuid(), count: z.number().int(), exact: z.boolean() }),
  handle: async ({ ctx, params: { id = "" }, query: { exact: wanted } }) => {
    const { rule } = await getSegment(ctx, { id });
    const { count, exact } =
      wanted === "true"
        ? { ...(await countSegment(ctx, { rule })), exact: true }
        : await estimateSegment(ctx, { rule });
    return { data: { segment_id: id, count, exact }, message: `${counted(count, "customer")}.` };
  },
});

export const getMembers = operation({
  id: "listSegmentMembers",
  method: "GET",
  path: "/segments/{id}/members",
  scope: "segments:read",
  roles: ["admin", "marketer", "supervisor"],
  summary: "List the customers of a segment as they are now",
  status: 200,
  paged: true,
  query: place,
  data: z.array(customer),
  handle: async ({ ctx, params: { id = "" }, query: { cursor, limit } }) => {
    await getSegment(ctx, { id });
    const { rows, next, total } = await listCustomers(ctx, { segment: [id], after: cursor }, limit);
    return { data: rows.map(lineOf), total, next_cursor: next, message: `${counted(total, "customer")}.` };
  },
});
