import { z } from "zod";
import { assignCallback } from "@/server/callbacks/assign";
import { beginAttemptIn, outcomeInput, recordOutcome } from "@/server/callbacks/attempt";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { cancelCallback, completeCallback, completeInput, reopenCallback } from "@/server/callbacks/close";
import { type CallbackDetail, getCallback } from "@/server/callbacks/get";
import { keepClaim, releaseClaim } from "@/server/callbacks/hold";
import { scheduleCallback } from "@/server/callbacks/schedule";
import { callbackReaders, callbackStatuses, cancelReasons } from "@/server/callbacks/status";
import { takeCallback, takeFor } from "@/server/callbacks/take";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { findMembership } from "@/server/workspaces/find-member";
import { callbackDetail, readCallback } from "./callback-view";
import { staleAs, versionFor } from "./if-match";
import { operation } from "./operation";

const closing = {
  resolution: completeInput.shape.resolution,
  resolution_category: completeInput.shape.resolutionCategory,
  satisfaction_rating: completeInput.shape.satisfaction,
  /** A key of the workspace's dispositions. */
  disposition: completeInput.shape.disposition,
  /** Major units of the workspace's currency. */
  conversion_value: completeInput.shape.conversionValue,
};

const completeBody = z.strictObject(closing);

const complete = (ctx: Context, { row, only }: Moved, said: z.output<typeof completeBody>) =>
  completeCallback(ctx, {
    callbackId: row.id,
    version: only,
    generation: row.hold?.generation,
    disposition: said.disposition,
    resolution: said.resolution,
    resolutionCategory: said.resolution_category,
    satisfaction: said.satisfaction_rating,
    conversionValue: said.conversion_value,
  });

async function now(ctx: Context, id: string, message: string) {
  const { data, etag } = await readCallback(ctx, id);
  return { data, etag, message };
}

/** What the operations on one request have in common. */
const one = {
  scope: "callbacks:write",
  roles: callbackReaders,
  status: 200,
  data: callbackDetail,
} as const;

export const putStatus = operation({
  ...one,
  id: "setCallbackStatus",
  method: "PUT",
  path: "/callbacks/{id}/status",
  summary: "Bring a request into another status, as far as its life allows it",
  tagged: true,
  body: z.strictObject({
    status: z.enum(callbackStatuses),
    /** For `cancelled`. */
    reason: z.enum(cancelReasons).default("other"),
    ...closing,
  }),
  example: { status: "cancelled", reason: "solved_otherwise" },
  handle: async ({ ctx, params: { id = "" }, body, ifMatch }) => {
    const row = await getCallback(ctx, { callbackId: id });
    const version = versionFor(row.version, ifMatch);
    // Without If-Match whatever stands at the write is meant, as the other operations on a request do it.
    const only = ifMatch === null ? null : version;
    if (row.status !== body.status) await moveTo(ctx, { row, only }, body).catch(staleAs(ifMatch));
    return now(ctx, id, "The request was changed.");
  },
});

type Wanted = z.output<typeof completeBody> & {
  status: (typeof callbackStatuses)[number];
  reason: (typeof cancelReasons)[number];
};

/** A request as it was read, and the version outside of which it is left alone; null: in any. */
type Moved = { row: CallbackDetail; only: number | null };

async function moveTo(
  ctx: Context,
  { row, only }: Moved,
  { status, reason, ...said }: Wanted,
): Promise<void> {
  const which = { callbackId: row.id, version: only };
  const generation = row.hold?.generation;
  if (status === "completed") return complete(ctx, { row, only }, said);
  if (status === "cancelled") return cancelCallback(ctx, { ...which, generation, reason });
  if (status === "in_progress") return void (await takeCallback(ctx, which));
  if (status === "assigned") return assignCallback(ctx, { ...which, membershipId: ownMembership(ctx) });
  if (status === "pending") {
    if (row.closedAt !== null) return reopenCallback(ctx, which);
    if (generation !== undefined) return releaseClaim(ctx, { ...which, generation });
    return assignCallback(ctx, { ...which, membershipId: null });
  }
  throw new AppError(
    "CONFLICT",
    status === "scheduled"
      ? "Promise a time at POST /callbacks/{id}/schedule."
      : "A request expires by the rules alone, after the last try to call.",
    { code: "wrong_status", status: row.status },
  );
}

/** @throws AppError BAD_INPUT for a key: it is nobody who takes calls */
function ownMembership(ctx: Context): string {
  if (ctx.membershipId) return ctx.membershipId;
  throw new AppError("BAD_INPUT", "Say in agent_id who gets it: a key takes no calls.", {
    field: "agent_id",
  });
}

export const assign = operation({
  ...one,
  id: "assignCallback",
  method: "POST",
  path: "/callbacks/{id}/assign",
  summary: "Give a request to somebody, or take it oneself",
  bodyOptional: true,
  body: z.strictObject({
    /** The id of a member; the caller unless it is said, null for nobody in particular. */
    agent_id: z.uuid().nullable().optional(),
  }),
  example: { agent_id: null },
  handle: async ({ ctx, params: { id = "" }, body: { agent_id: agent } }) => {
    await getCallback(ctx, { callbackId: id });
    const membershipId =
      agent === undefined ? ownMembership(ctx) : agent && (await findMembership(ctx, agent));
    await assignCallback(ctx, { callbackId: id, membershipId });
    return now(ctx, id, membershipId ? "The request was given." : "The request waits for anybody.");
  },
});

export const completeOne = operation({
  ...one,
  id: "completeCallback",
  method: "POST",
  path: "/callbacks/{id}/complete",
  summary: "Close a request with what came of it",
  bodyOptional: true,
  body: completeBody,
  example: {
    resolution: "The nominee was changed.",
    resolution_category: "resolved",
    satisfaction_rating: 5,
  },
  handle: async ({ ctx, params: { id = "" }, body }) => {
    await complete(ctx, { row: await getCallback(ctx, { callbackId: id }), only: null }, body);
    return now(ctx, id, "The request is completed.");
  },
});

export const schedule = operation({
  ...one,
  id: "scheduleCallback",
  method: "POST",
  path: "/callbacks/{id}/schedule",
  summary: "Promise the customer a time",
  body: z.strictObject({
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
  }),
  example: { start: "2031-01-06T11:00:00+05:30", end: "2031-01-06T12:00:00+05:30" },
  handle: async ({ ctx, params: { id = "" }, body: { start, end } }) => {
    const { hold } = await getCallback(ctx, { callbackId: id });
    await scheduleCallback(ctx, { callbackId: id, generation: hold?.generation, slot: { start, end } });
    return now(ctx, id, "The time is promised.");
  },
});

/** Work with a phone in hand is a person's: no key opens it. */
const hand = { ...one, scope: null };

export const claimNext = operation({
  ...hand,
  id: "claimNextCallback",
  method: "POST",
  path: "/callbacks/claim-next",
  summary: "Take the most urgent request that the caller may have; null when nothing waits",
  data: callbackDetail.nullable(),
  handle: async ({ ctx }) => {
    const claim = await claimNextCallback(ctx);
    if (!claim) return { data: null, message: "Nothing waits." };
    return now(ctx, claim.callbackId, "The request is yours.");
  },
});

export const claim = operation({
  ...hand,
  id: "claimCallback",
  method: "POST",
  path: "/callbacks/{id}/claim",
  summary: "Take a request, or hold on to it: a claim ends a minute after it was last asked for",
  handle: async ({ ctx, params: { id = "" } }) => {
    const { generation } = await takeCallback(ctx, { callbackId: id });
    await keepClaim(ctx, { callbackId: id, generation });
    return now(ctx, id, "The request is yours.");
  },
});

const attempt = z.object({
  attempt_id: z.uuid(),
  /** What comes next: null while the call is under way. */
  next: z.enum(["wrap_up", "again", "expired", "cancelled"]).nullable(),
  next_at: z.string().nullable(),
});
const outcomeBody = z.strictObject({
  outcome: outcomeInput.shape.outcome,
  talk_seconds: outcomeInput.shape.talkSeconds,
  note: outcomeInput.shape.note,
});

async function settle(
  ctx: Context,
  of: { callbackId: string; attemptId: string },
  said: z.output<typeof outcomeBody>,
) {
  const { generation } = await takeCallback(ctx, { callbackId: of.callbackId });
  const { outcome, talk_seconds: talkSeconds, note } = said;
  const after = await recordOutcome(ctx, { ...of, generation, outcome, talkSeconds, note });
  return {
    attempt_id: of.attemptId,
    next: after.next,
    next_at: "at" in after ? after.at.toISOString() : null,
  };
}

export const addAttempt = operation({
  ...hand,
  id: "addCallbackAttempt",
  method: "POST",
  path: "/callbacks/{id}/attempts",
  summary: "Note a call that is about to be made, or with an outcome one that was; it takes the request",
  status: 201,
  bodyOptional: true,
  body: outcomeBody.partial({ outcome: true }),
  example: { outcome: "no_answer", note: "Rang out." },
  data: attempt,
  handle: async ({ ctx, params: { id = "" }, body: { outcome, ...said } }) => {
    const { attemptId } = await takeFor(ctx, { callbackId: id }, (tx, { generation }) =>
      beginAttemptIn(tx, ctx, { callbackId: id, generation, via: "tel" }),
    );
    const data = outcome
      ? await settle(ctx, { callbackId: id, attemptId }, { outcome, ...said })
      : { attempt_id: attemptId, next: null, next_at: null };
    return { data, message: "The call was noted." };
  },
});

export const putAttempt = operation({
  ...hand,
  id: "recordCallbackOutcome",
  method: "PUT",
  path: "/callbacks/{id}/attempts/{attempt_id}",
  summary: "Say how a call went",
  body: outcomeBody,
  example: { outcome: "connected", talk_seconds: 180, note: "Wants the form by mail." },
  data: attempt,
  handle: async ({ ctx, params: { id = "", attempt_id: attemptId = "" }, body }) => ({
    data: await settle(ctx, { callbackId: id, attemptId }, body),
    message: "The outcome was noted.",
  }),
});
