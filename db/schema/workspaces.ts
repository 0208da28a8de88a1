import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AssignmentPolicy } from "@/server/callbacks/status";
import type { BrandingSettings, Utm } from "@/server/campaigns/content";
import type { Role } from "@/server/platform/context";
import { id, instant, instantNow, workspaceId } from "./columns";

/** One tenant. */
export const workspaces = pgTable("workspaces", {
  id: id(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  timeZone: text("time_zone").notNull().default("Asia/Kolkata"),
  locale: text("locale").notNull().default("en-IN"),
  currency: text("currency").notNull().default("INR"),
  isDemo: boolean("is_demo").notNull().default(false),
  approvalRequired: boolean("approval_required").notNull().default(false),
  /** How its mails look; see server/campaigns/content.ts. */
  branding: jsonb("branding").$type<Partial<BrandingSettings>>().notNull().default({}),
  /** What campaigns add to their links unless they say otherwise; null: nothing. */
  utm: jsonb("utm").$type<Utm | null>(),
  /** How recent what we know of premium payments is; null when none was ever imported. */
  paymentsAsOf: instant("payments_as_of"),
  /** The day, in the workspace's zone, to which policies and payments were moved. */
  policiesRolledOn: date("policies_rolled_on", { mode: "string" }),
  /** The zone by which `campaign_days` are cut; another than `time_zone` until they are cut again, null before the first. */
  daysZone: text("days_zone"),
  /** Days from the request to forget a person until it is done; 0: at once. */
  erasureDays: integer("erasure_days").notNull().default(0),
  /** Roles that read phone numbers and e-mail addresses masked. */
  maskedRoles: text("masked_roles").array().$type<Role[]>().notNull().default(sql`'{}'`),
  /** The emergency stop: while set, no message of any campaign leaves. */
  sendingStoppedAt: instant("sending_stopped_at"),
  /** How waiting callbacks find an agent, and whether whoever talked with the customer last comes first. */
  assignmentPolicy: text("assignment_policy").$type<AssignmentPolicy>().notNull().default("by_hand"),
  assignmentSticky: boolean("assignment_sticky").notNull().default(true),
  /** A regulated insurer in India: customers are called over the bridge only, from 1600 and 140 lines. */
  regulatedInsurer: boolean("regulated_insurer").notNull().default(false),
  /** Whether bridged calls are recorded by the provider. */
  recordCalls: boolean("record_calls").notNull().default(false),
  createdAt: instantNow("created_at"),
});

/** A person who signs in; global, the membership carries the role. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email"),
    phone: text("phone"),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    status: text("status").$type<"active" | "disabled">().notNull().default("active"),
    preferences: jsonb("preferences").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: instantNow("created_at"),
  },
  (t) => [
    uniqueIndex("users_email_key").on(sql`lower(${t.email})`),
    uniqueIndex("users_phone_key").on(t.phone),
  ],
);

export const memberships = pgTable(
  "memberships",
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    role: text("role").$type<"admin" | "marketer" | "supervisor" | "agent" | "advisor">().notNull(),
    isApprover: boolean("is_approver").notNull().default(false),
    status: text("status").$type<"active" | "removed">().notNull().default("active"),
    createdAt: instantNow("created_at"),
  },
  (t) => [
    unique("memberships_workspace_user_key").on(t.workspaceId, t.userId),
    index("memberships_user_index").on(t.userId),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id),
    name: text("name").notNull(),
    createdAt: instantNow("created_at"),
  },
  (t) => [unique("teams_workspace_name_key").on(t.workspaceId, t.name)],
);

export const teamMembers = pgTable(
  "team_members",
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    membershipId: uuid("membership_id")
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    isSupervisor: boolean("is_supervisor").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.teamId, t.membershipId] }),
    index("team_members_membership_index").on(t.membershipId),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    workspaceId: workspaceId().references(() => workspaces.id),
    email: text("email").notNull(),
    role: text("role").$type<"admin" | "marketer" | "supervisor" | "agent" | "advisor">().notNull(),
    isApprover: boolean("is_approver").notNull().default(false),
    /** SHA-256 of the token in the link; the token itself is never stored. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => users.id),
    createdAt: instantNow("created_at"),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("invitations_workspace_index").on(t.workspaceId, t.createdAt)],
);

/** One-time links for a global user: password reset. */
export const passwordResets = pgTable("password_resets", {
  id: id(),
  userId: uuid("user_id")
    .notNull()
    .references(() => users.id),
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instantNow("created_at"),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});

/** A signed-in browser; the JWT carries its id, so revoking the row ends it. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    /** The one workspace this session is bound to now. */
    workspaceId: uuid("bound_workspace_id"),
    userAgent: text("user_agent"),
    createdAt: instantNow("created_at"),
    lastSeenAt: instantNow("last_seen_at"),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("sessions_user_index").on(t.userId)],
);

/**
 * What a program signs in with in place of a cookie: one row for each pair that a session was given. Both ends of a session
 * are one; a refresh token that comes twice was stolen, and ends it.
 */
export const sessionTokens = pgTable(
  "session_tokens",
  {
    id: id(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** SHA-256, hex, like the other; the tokens themselves are answered once. */
    accessHash: text("access_hash").notNull().unique(),
    refreshHash: text("refresh_hash").notNull().unique(),
    createdAt: instantNow("created_at"),
    accessExpiresAt: instant("access_expires_at").notNull(),
    /** When the next pair was asked for with the refresh token. */
    refreshedAt: instant("refreshed_at"),
  },
  (t) => [index("session_tokens_session_index").on(t.sessionId)],
);

/** Sliding windows of failed attempts, by door and key (hashed identifier or address). */
export const throttles = pgTable("throttles", {
  key: text("key").primaryKey(),
  windowStartedAt: instantNow("window_started_at"),
  count: integer("count").notNull().default(0),
});
