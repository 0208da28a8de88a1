import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { CampaignCategory, CampaignGoal, CampaignType, Purpose } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import type { TemplateContent } from "@/server/template-library/schemas";
import { campaigns } from "./campaigns";
import { id, instant, instantNow, workspaceId } from "./columns";

/** Reusable content that a campaign begins with; its words stand in the row of its current version. */
export const templates = pgTable(
  "templates",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** Fixes the purpose of every campaign that begins with it. */
    category: text("category").$type<CampaignCategory>().notNull(),
    type: text("type").$type<CampaignType>().notNull(),
    goal: text("goal").$type<CampaignGoal>().notNull(),
    /** In order of preference; the same as the keys of the content. */
    channels: text("channels").array().$type<Channel[]>().notNull(),
    languages: text("languages").array().notNull(),
    version: integer("version").notNull().default(1),
    /** Names a template of the built-in library; null for one that people made. */
    seedKey: text("seed_key"),
    /** Hash of the built-in text that was taken over last; null for one that people made. */
    seedHash: text("seed_hash"),
    /** True once people changed a built-in text: new built-in texts leave it alone. */
    edited: boolean("edited").notNull().default(false),
    /** Advisors see approved templates only. An edit takes the approval away. */
    approvedAt: instant("approved_at"),
    approvedBy: uuid("approved_by"),
    archivedAt: instant("archived_at"),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    index("templates_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    uniqueIndex("templates_seed_key").on(t.workspaceId, t.seedKey).where(sql`${t.seedKey} is not null`),
    uniqueIndex("templates_name_key")
      .on(t.workspaceId, sql`lower(${t.name})`)
      .where(sql`${t.archivedAt} is null`),
  ],
);

/** Append-only: what a template said, version by version. */
export const templateVersions = pgTable(
  "template_versions",
  {
    workspaceId: workspaceId(),
    templateId: uuid("template_id")
      .notNull()
      .references(() => templates.id),
    version: integer("version").notNull(),
    content: jsonb("content").$type<TemplateContent>().notNull(),
    channels: text("channels").array().$type<Channel[]>().notNull(),
    languages: text("languages").array().notNull(),
    /** What brought it about; `restored` and `saved` say from what in `note`. */
    cause: text("cause")
      .$type<"built_in" | "edited" | "restored" | "saved" | "imported" | "copied">()
      .notNull(),
    note: text("note").notNull().default(""),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.templateId, t.version] })],
);

/**
 * Which campaign began with which template, its copies among them: what usage, open rate and return are counted from, and
 * what keeps promotional words promotional.
 */
export const templateUses = pgTable(
  "template_uses",
  {
    workspaceId: workspaceId(),
    /** A draft that is deleted was no use. */
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    templateId: uuid("template_id")
      .notNull()
      .references(() => templates.id),
    version: integer("version").notNull(),
    /** Of the template's category when it was used; null where that was before it was kept: that of today. */
    purpose: text("purpose").$type<Purpose>(),
    usedBy: uuid("used_by"),
    usedAt: instantNow("used_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.campaignId] }),
    index("template_uses_template_index").on(t.workspaceId, t.templateId),
  ],
);

/** Where the buttons of built-in templates lead in this workspace. */
export const templateLinks = pgTable(
  "template_links",
  {
    workspaceId: workspaceId(),
    key: text("key").notNull(),
    url: text("url").notNull(),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] })],
);

/** Which release of the built-in library a workspace has. */
export const templateSeeds = pgTable("template_seeds", {
  workspaceId: workspaceId().primaryKey(),
  release: text("release").notNull(),
  seededAt: instantNow("seeded_at"),
});
