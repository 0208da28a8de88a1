import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Calendar, PolicyDefinition } from "@/server/sla/schemas";
import type { Metric } from "@/server/sla/status";
import { id, instant, instantNow, workspaceId } from "./columns";

/** Business hours. Each edit is a version of its own: a clock keeps counting past time by the one that stood then. */
export const calendars = pgTable(
  "calendars",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    version: integer("version").notNull().default(1),
    createdAt: instantNow("created_at"),
    archivedAt: instant("archived_at"),
  },
  (t) => [unique("calendars_name_key").on(t.workspaceId, t.name)],
);

export const calendarVersions = pgTable(
  "calendar_versions",
  {
    workspaceId: workspaceId(),
    calendarId: uuid("calendar_id").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").$type<Calendar>().notNull(),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
  },
  (t) => [primaryKey({ columns: [t.calendarId, t.version] })],
);

/** Which targets a request gets: policies are ordered, the first whose condition matches wins. */
export const slaPolicies = pgTable(
  "sla_policies",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    position: integer("position").notNull(),
    version: integer("version").notNull().default(1),
    /** The last one of a workspace: it matches everything and cannot be removed. */
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: instantNow("created_at"),
    archivedAt: instant("archived_at"),
  },
  (t) => [index("sla_policies_order_index").on(t.workspaceId, t.position)],
);

export const slaPolicyVersions = pgTable(
  "sla_policy_versions",
  {
    workspaceId: workspaceId(),
    policyId: uuid("policy_id").notNull(),
    version: integer("version").notNull(),
    calendarId: uuid("calendar_id").notNull(),
    /** Condition, targets by priority, warning share, escalation levels. */
    definition: jsonb("definition").$type<PolicyDefinition>().notNull(),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
  },
  (t) => [primaryKey({ columns: [t.policyId, t.version] })],
);

/** What happened to a clock. Append-only: `sla_clocks` is nothing but a fold of it (`sla.md`). */
export const slaEvents = pgTable(
  "sla_events",
  {
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    metric: text("metric").$type<Metric>().notNull(),
    cycle: smallint("cycle").notNull().default(1),
    sequence: integer("sequence").notNull(),
    kind: text("kind").$type<"start" | "pause" | "resume" | "retarget" | "stop">().notNull(),
    at: instant("at").notNull(),
    targetMs: bigint("target_ms", { mode: "number" }),
    policyId: uuid("policy_id"),
    policyVersion: integer("policy_version"),
    calendarId: uuid("calendar_id"),
    calendarVersion: integer("calendar_version"),
    reason: text("reason"),
    /** When a pause ends by itself. */
    until: instant("until"),
    actorId: uuid("actor_id"),
    recordedAt: instantNow("recorded_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.callbackId, t.metric, t.cycle, t.sequence] })],
);

/** The fold of a clock's events, kept in the transaction that appends to them. */
export const slaClocks = pgTable(
  "sla_clocks",
  {
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    metric: text("metric").$type<Metric>().notNull(),
    cycle: smallint("cycle").notNull().default(1),
    status: text("status").$type<"waiting" | "running" | "paused" | "stopped">().notNull(),
    startedAt: instant("started_at").notNull(),
    targetMs: bigint("target_ms", { mode: "number" }).notNull(),
    /** Business time up to `as_of`. */
    elapsedMs: bigint("elapsed_ms", { mode: "number" }).notNull(),
    asOf: instant("as_of").notNull(),
    dueAt: instant("due_at"),
    pauseReason: text("pause_reason"),
    /** When it changes by itself: its start lies ahead, or its pause ends. */
    wakesAt: instant("wakes_at"),
    warnAt: instant("warn_at"),
    stoppedAt: instant("stopped_at"),
    breachedAt: instant("breached_at"),
    /** When somebody noticed; `breached_at` is the due time, whenever that was. */
    detectedAt: instant("detected_at"),
    warnedAt: instant("warned_at"),
    escalationLevel: smallint("escalation_level").notNull().default(0),
    nextEscalationAt: instant("next_escalation_at"),
    policyId: uuid("policy_id").notNull(),
    policyVersion: integer("policy_version").notNull(),
    /** Rises with each event; a timer that wakes for an earlier one does nothing. */
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.callbackId, t.metric, t.cycle] }),
    index("sla_clocks_due_index").on(t.dueAt).where(sql`${t.status} = 'running' and ${t.breachedAt} is null`),
    index("sla_clocks_warn_index").on(t.warnAt).where(sql`${t.status} = 'running' and ${t.warnedAt} is null`),
    index("sla_clocks_undetected_index")
      .on(t.workspaceId)
      .where(sql`${t.breachedAt} is not null and ${t.detectedAt} is null`),
    // What the reports count: promises by the instant at which they were settled.
    index("sla_clocks_breached_index")
      .on(t.workspaceId, t.metric, t.breachedAt)
      .where(sql`${t.breachedAt} is not null`),
    index("sla_clocks_stopped_index")
      .on(t.workspaceId, t.metric, t.stoppedAt)
      .where(sql`${t.stoppedAt} is not null`),
    index("sla_clocks_wake_index").on(t.wakesAt).where(sql`${t.wakesAt} is not null`),
    index("sla_clocks_escalation_index").on(t.nextEscalationAt).where(sql`${t.status} = 'running'`),
  ],
);
