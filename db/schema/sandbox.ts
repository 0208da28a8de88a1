import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** What the sandbox delivered: each message as its reader sees it. Erasable: it holds personal values. */
export const sandboxMessages = pgTable(
  "sandbox_messages",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** The execution's public id, or the id of a system mail or test: a repeat is dropped. */
    publicId: text("public_id").notNull().unique(),
    kind: text("kind").$type<"campaign" | "test" | "system">().notNull(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">().notNull(),
    campaignId: uuid("campaign_id"),
    customerId: uuid("customer_id"),
    fromAddress: text("from_address").notNull(),
    toAddress: text("to_address").notNull(),
    toName: text("to_name").notNull().default(""),
    subject: text("subject").notNull().default(""),
    html: text("html"),
    text: text("text").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    /** What a phone shows beside the words: template, buttons, header file, parts of an SMS, attachments of a mail. */
    content: jsonb("content").$type<Record<string, unknown>>().notNull().default({}),
    deliveredAt: instantNow("delivered_at"),
    readAt: instant("read_at"),
  },
  (t) => [
    index("sandbox_messages_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("sandbox_messages_customer_index")
      .on(t.workspaceId, t.customerId)
      .where(sql`${t.customerId} is not null`),
    index("sandbox_messages_campaign_index").on(t.workspaceId, t.campaignId, t.id.desc().nullsFirst()),
    // The conversation of one phone, and which message is its latest.
    index("sandbox_messages_address_index").on(
      t.workspaceId,
      t.channel,
      t.toAddress,
      t.id.desc().nullsFirst(),
    ),
  ],
);

/**
 * What the scripted customers of the sandbox will do about a delivered message, and when; a row goes when it is done.
 * Planned in the transaction that delivers, so a crash forgets none. Erasable with the message.
 */
export const sandboxActs = pgTable(
  "sandbox_acts",
  {
    messageId: uuid("message_id").notNull(),
    workspaceId: workspaceId(),
    kind: text("kind").$type<"read" | "opened" | "clicked" | "replied" | "converted">().notNull(),
    /** For a click: the number of the link in the run's content. */
    link: smallint("link"),
    /** For a reply: the words, or the label of the button that is pressed. */
    reply: text("reply"),
    button: boolean("button").notNull().default(false),
    dueAt: instant("due_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.kind] }),
    index("sandbox_acts_due_index").on(t.dueAt),
    index("sandbox_acts_workspace_index").on(t.workspaceId, t.dueAt),
  ],
);
