import { nextAttempt } from "@/server/callbacks/next-attempt";
import { addBusiness } from "@/server/sla/calendar";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { ClockPlan, SeedClockEvent } from "./callback-clocks";
import type { SeedWish } from "./callback-wishes";

const ZONE = "Asia/Kolkata";
const MINUTE = 60_000;

/** The rows of callbacks, by table. */
export type CallbackTables = Record<
  | "callback_requests"
  | "callback_asks"
  | "callback_attempts"
  | "callback_activities"
  | "sla_events"
  | "sla_clocks",
  SeedRow[]
>;

export type Log = (kind: string, at: number, changes: SeedRow, actor?: "system") => void;

/** Writes a line of the log and what it changed into the row alike: replaying the log gives the row. */
export function logOf(
  tables: CallbackTables,
  row: SeedRow,
  given: { workspaceId: string; actor: string | null },
): Log {
  let nth = 0;
  return (kind, at, changes, actor) => {
    Object.assign(
      row,
      changes,
      kind === "created" ? {} : { version: Number(row.version) + 1, updated_at: iso(at) },
    );
    tables.callback_activities.push({
      id: seedId(`insurance/callback_activities/${row.id}`, nth++),
      workspace_id: given.workspaceId,
      callback_id: row.id ?? null,
      kind,
      changes: changes as never,
      detail: {},
      actor_kind: actor ?? "user",
      actor_id: actor ? null : given.actor,
      at: iso(at),
    });
  };
}

/** The columns that the first line of the log carries. */
export const pickColumns = (row: SeedRow): SeedRow =>
  Object.fromEntries(
    [
      "request_type",
      "urgency",
      "tier",
      "source",
      "sum",
      "priority",
      "order_key",
      "status",
      "not_before",
      "slot_start",
      "slot_end",
      "slots",
      "customer_id",
    ].map((name) => [name, row[name] ?? null]),
  );

type Trying = {
  wish: SeedWish;
  row: SeedRow;
  plan: ClockPlan;
  log: Log;
  events: SeedClockEvent[];
  created: number;
  agent: string;
};

/** One call: talked and closed, or not reached and to be tried again. */
export function addTries(
  tables: CallbackTables,
  { wish, row, plan, log, events, created, agent }: Trying,
): void {
  const at = forward(plan, created, wish.tried ?? 0);
  log("claimed", at - 20_000, { status: "in_progress" });
  log("attempt_started", at, { attempts: 1, last_attempt_at: iso(at) });
  const talked = wish.done !== undefined;
  const talk = talked ? 60 + ((wish.talk ?? 0) % 540) : 0;
  const ended = at + (talked ? talk : 35) * 1_000;
  tables.callback_attempts.push({
    id: seedId(`insurance/callback_attempts/${row.id}`, 0),
    workspace_id: plan.workspaceId,
    callback_id: row.id ?? null,
    membership_id: agent,
    via: "tel",
    state: "ended",
    outcome: talked ? "connected" : "no_answer",
    started_at: iso(at),
    connected_at: talked ? iso(at) : null,
    ended_at: iso(ended),
    talk_seconds: talked ? talk : null,
    self_reported: true,
    note: "",
  });
  events.push({ metric: "first_attempt", kind: "stop", at });
  if (!talked) {
    const next = nextAttempt([{ at, outcome: "no_answer" }], ended, { zone: ZONE }) ?? ended;
    for (const metric of ["first_contact", "resolution"] as const)
      events.push({ metric, kind: "pause", at: ended, until: next, reason: "waiting_on_customer" });
    log("not_reached", ended, { status: row.assignee_id ? "assigned" : "pending", not_before: iso(next) });
    return;
  }
  const closed = ended + 45_000;
  events.push(
    { metric: "first_contact", kind: "stop", at: ended },
    { metric: "resolution", kind: "stop", at: closed },
  );
  log("connected", ended, { contacted_at: iso(ended) });
  log("completed", closed, {
    status: "completed",
    closed_at: iso(closed),
    disposition: wish.done ?? null,
    resolution_category: wish.category ?? null,
    satisfaction: wish.satisfaction ?? null,
    conversion_value_micros: null,
  });
  row.resolution = wish.said ?? null;
}

const iso = (at: number): string => new Date(at).toISOString();

/** So many business minutes after an instant. */
const forward = ({ calendar }: ClockPlan, from: number, minutes: number): number =>
  addBusiness(calendar, from, minutes * MINUTE);
