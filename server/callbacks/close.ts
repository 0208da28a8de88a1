import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { keepFromCallback } from "@/server/conversions";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { changeCallback, dropHold, lockCallback } from "./change";
import { clocksOfEnd } from "./clocks";
import { keepDispositions } from "./dispositions";
import { requireHold } from "./hold";
import { sendCallbackMessage } from "./messages/send";
import { movePresence } from "./presence";
import { requireOnlyOpen } from "./same-wish";
import { startClocks } from "./start-clocks";
import { cancelReasons } from "./status";

const MICROS = 1_000_000;

/** Only while the request has this one. */
const version = z.number().int().nullish();

export const completeInput = z.object({
  callbackId: z.string(),
  /** The claim of the agent who closes it; a supervisor or an administrator needs none. */
  generation: z.number().int().nullish(),
  version,
  disposition: z.string().trim().max(60).nullish(),
  resolution: z.string().trim().max(4_000).default(""),
  resolutionCategory: z.string().trim().max(60).nullish(),
  satisfaction: z.number().int().min(1).max(5).nullish(),
  /** Major units of the workspace's currency. */
  conversionValue: z.number().min(0).max(1e10).nullish(),
});
export type CompleteInput = z.input<typeof completeInput>;

/** Closes a request with what came of it. @throws AppError CONFLICT `claim_ended`, `wrong_status`; FORBIDDEN; NOT_FOUND */
export function completeCallback(ctx: Context, input: CompleteInput): Promise<void> {
  const said = completeInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, said);
    const row = await lockCallback(tx, ctx, { id: said.callbackId, verb: "complete", version: said.version });
    const now = await readClock(tx);
    await clocksOfEnd(tx, ctx, row, now);
    await dropHold(tx, ctx, row.id);
    if (said.generation != null) await movePresence(tx, ctx, "available");
    if (said.disposition) await keepDispositions(tx, ctx);
    const value = said.conversionValue == null ? null : Math.round(said.conversionValue * MICROS);
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "completed",
      set: {
        status: "completed",
        closed_at: now.toISOString(),
        disposition: said.disposition ?? null,
        resolution_category: said.resolutionCategory ?? null,
        satisfaction: said.satisfaction ?? null,
        conversion_value_micros: value,
      },
      setQuietly: { resolution: said.resolution || null },
    });
    // Who said how it was on the phone is not asked again.
    if (row.contactedAt !== null && said.satisfaction == null)
      await sendCallbackMessage(tx, ctx, "satisfaction", {
        callbackId: row.id,
        customerId: row.customerId,
        nth: row.cycle,
      });
    if (value && row.customerId)
      await keepFromCallback(tx, ctx, {
        callbackId: row.id,
        cycle: row.cycle,
        customerId: row.customerId,
        campaignId: row.campaignId,
        value: BigInt(value),
      });
  });
}

export const cancelInput = z.object({
  callbackId: z.string(),
  generation: z.number().int().nullish(),
  version,
  reason: z.enum(cancelReasons),
});
export type CancelInput = z.input<typeof cancelInput>;

/** Ends a request without a call. One that the customer withdraws before contact counts as abandoned (`metrics.md`). */
export function cancelCallback(ctx: Context, input: CancelInput): Promise<void> {
  const said = cancelInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    if (ctx.actor.kind !== "customer") await requireRight(tx, ctx, said);
    const row = await lockCallback(tx, ctx, { id: said.callbackId, verb: "cancel", version: said.version });
    const now = await readClock(tx);
    await clocksOfEnd(tx, ctx, row, now);
    await dropHold(tx, ctx, row.id);
    if (said.generation != null) await movePresence(tx, ctx, "available");
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "cancelled",
      set: { status: "cancelled", closed_at: now.toISOString() },
      detail: { reason: said.reason },
    });
  });
}

type Reopening = { callbackId: string; version?: number | null };

/**
 * Opens a closed request again: a new cycle with clocks of its own; what was measured stays. With a `version`: only while it
 * has that one.
 */
export function reopenCallback(ctx: Context, input: Reopening): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    requireLead(ctx);
    await reopenIn(tx, ctx, input);
  });
}

/** The same in the caller's transaction, for who may. */
export async function reopenIn(
  tx: Transaction,
  ctx: Context,
  { callbackId, version }: Reopening,
): Promise<void> {
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "reopen", version });
  const now = await readClock(tx);
  await requireOnlyOpen(tx, ctx, row);
  const cycle = row.cycle + 1;
  await startClocks(tx, ctx, { ...row, callbackId: row.id, cycle, at: now, slot: null });
  await changeCallback(tx, ctx, {
    id: row.id,
    kind: "reopened",
    set: {
      status: row.assigneeId ? "assigned" : "pending",
      cycle,
      closed_at: null,
      not_before: now.toISOString(),
    },
  });
  await bumpTopics(tx, ctx, "callbacks");
}

/** Whoever holds the request may work on it, and whoever leads. @throws AppError CONFLICT `claim_ended`; FORBIDDEN */
export async function requireRight(
  tx: Transaction,
  ctx: Context,
  said: { callbackId: string; generation?: number | null },
): Promise<void> {
  if (said.generation != null) await requireHold(tx, ctx, { ...said, generation: said.generation });
  else requireLead(ctx);
}

/** @throws AppError FORBIDDEN with who can */
export function requireLead(ctx: Context): void {
  if (ctx.actor.kind === "system" || ctx.role === "admin" || ctx.role === "supervisor") return;
  throw new AppError(
    "FORBIDDEN",
    "Take the request first. Only supervisors and administrators change requests that they do not hold.",
  );
}
