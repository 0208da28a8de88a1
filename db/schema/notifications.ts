import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** Something that a member should know now. Holds ids and product words only: what it is about is read when it is shown. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    workspaceId: workspaceId(),
    membershipId: uuid("membership_id").notNull(),
    kind: text("kind").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: uuid("subject_id").notNull(),
    text: text("text").notNull(),
    /** The same key twice is one notification. */
    key: text("key").notNull(),
    at: instantNow("at"),
    readAt: instant("read_at"),
  },
  (t) => [
    unique("notifications_key").on(t.workspaceId, t.membershipId, t.key),
    index("notifications_recent_index").on(t.workspaceId, t.membershipId, t.id.desc().nullsFirst()),
    index("notifications_unread_index").on(t.workspaceId, t.membershipId).where(sql`${t.readAt} is null`),
  ],
);
