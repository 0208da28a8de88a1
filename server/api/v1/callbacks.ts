import { z } from "zod";
import { requestByHand } from "@/server/callbacks/by-hand";
import { listCallbacks } from "@/server/callbacks/list";
import { requestCallback } from "@/server/callbacks/request";
import { requestInput } from "@/server/callbacks/schemas";
import {
  callbackPriorities,
  callbackReaders,
  callbackSources,
  callbackStatuses,
  mayReadCallbacks,
  openStatuses,
} from "@/server/callbacks/status";
import type { Context } from "@/server/platform/context";
import { findMembership } from "@/server/workspaces/find-member";
import { roleKeys } from "@/server/workspaces/roles";
import { callbackDetail, callbackLine, lineData, readCallback, urgencyKeys } from "./callback-view";
import { operation } from "./operation";

const { customerName, requestType, description, category, tags } = requestInput.shape;

const requestBody = z
  .strictObject({
    customer_id: z.uuid().optional(),
    /** The same as `customer_id`. */
    policyholder_id: z.uuid().optional(),
    customer_name: customerName,
    /** Needed unless the customer has a number. */
    customer_phone: z.string().trim().max(40).nullish(),
    customer_email: z.string().trim().max(254).nullish(),
    request_type: requestType,
    description,
    urgency_level: z.enum(urgencyKeys).default("medium"),
    /** Where the wish came from; what a member takes down is `manual` or `customer_page`. */
    source: z.enum(callbackSources).default("api"),
    category,
    tags,
  })
  .refine((body) => body.customer_id || body.policyholder_id || body.customer_phone, {
    path: ["customer_phone"],
    message: "Give customer_id, or customer_phone.",
  });

const requested = z.object({
  callback_request_id: z.uuid(),
  /** It joined a request for the same number, topic and customer that was open already. */
  merged: z.boolean(),
  status: z.enum(callbackStatuses),
  priority: z.enum(callbackPriorities).nullable(),
  priority_score: z.number().int().nullable(),
  due_at: z.string().nullable(),
});

export const createCallback = operation({
  id: "requestCallback",
  method: "POST",
  path: "/callbacks",
  scope: "callbacks:write",
  roles: roleKeys,
  summary:
    "Ask for a call; repeats for the same number and topic merge into the open request, unless two customers who share the number ask",
  status: 201,
  body: requestBody,
  example: {
    customer_name: "Asha Rao",
    customer_phone: "+919820012345",
    request_type: "policy_issue",
    description: "The nominee is wrong.",
    urgency_level: "high",
  },
  data: requested,
  handle: async ({ ctx, signedIn, mark, body }) => {
    const asked = {
      customerId: body.customer_id ?? body.policyholder_id ?? null,
      customerName: body.customer_name,
      phone: body.customer_phone,
      email: body.customer_email,
      requestType: body.request_type,
      description: body.description,
      urgency: body.urgency_level,
      category: body.category,
      tags: body.tags,
      sourceKey: mark,
    };
    const { id, merged } = signedIn
      ? await requestByHand(ctx, asked)
      : await requestCallback(ctx, { ...asked, source: body.source });
    const data = { callback_request_id: id, merged, ...(await standing(ctx, id)) };
    return { data, message: merged ? "It joined the open request." : "The request waits in the queue." };
  },
});

/** A marketer writes wishes down and sees no queue. */
async function standing(ctx: Context, id: string) {
  if (!ctx.role || !mayReadCallbacks(ctx.role))
    return { status: "pending" as const, priority: null, priority_score: null, due_at: null };
  const { data } = await readCallback(ctx, id);
  const { status, priority, priority_score, due_at } = data;
  return { status, priority, priority_score, due_at };
}

export const getCallbacks = operation({
  id: "listCallbacks",
  method: "GET",
  path: "/callbacks",
  scope: "callbacks:read",
  roles: callbackReaders,
  summary:
    "List callback requests in the order in which they are called; without a status those that wait, `overdue` those whose clock ran out",
  status: 200,
  paged: true,
  query: z.strictObject({
    status: z.enum([...callbackStatuses, "overdue"]).optional(),
    priority: z.enum(callbackPriorities).optional(),
    /** The id of a member, `me`, or `nobody`. */
    assigned_to: z.union([z.uuid(), z.literal("me"), z.literal("nobody")]).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    offset: z.coerce.number().int().min(0).max(10_000).default(0),
    cursor: z.uuid().optional(),
  }),
  data: z.array(callbackLine),
  handle: async ({ ctx, query: { status, priority, assigned_to, cursor, ...page } }) => {
    const { rows, next } = await listCallbacks(ctx, {
      ...tabOf(status),
      priority: priority ? [priority] : [],
      assignee: assigned_to ? [await assigneeOf(ctx, assigned_to)] : [],
      after: cursor,
      ...page,
    });
    return { data: rows.map(lineData), next_cursor: next, message: `${rows.length} of this page.` };
  },
});

function tabOf(status: (typeof callbackStatuses)[number] | "overdue" | undefined) {
  if (status === undefined) return {};
  if (status === "overdue") return { tab: "overdue" as const };
  if (openStatuses.some((open) => open === status)) return { status: [status] };
  return { tab: "closed" as const, status: [status] };
}

async function assigneeOf(ctx: Context, asked: string): Promise<string> {
  if (asked === "nobody") return asked;
  // A key is nobody's: nothing is given to it.
  if (asked === "me") return ctx.membershipId ?? ctx.workspaceId;
  return findMembership(ctx, asked);
}

export const getOneCallback = operation({
  id: "getCallback",
  method: "GET",
  path: "/callbacks/{id}",
  scope: "callbacks:read",
  roles: callbackReaders,
  summary: "One callback request with its clocks, its calls and its log",
  status: 200,
  tagged: true,
  data: callbackDetail,
  handle: async ({ ctx, params: { id = "" } }) => {
    const { data, etag } = await readCallback(ctx, id);
    return { data, etag, message: "The request as it stands." };
  },
});
