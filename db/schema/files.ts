import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** An uploaded image or attachment. Its bytes lie in the storage under the id; they never change. */
export const files = pgTable(
  "files",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    /** By its first bytes, not by its name. */
    mediaType: text("media_type").notNull(),
    bytes: integer("bytes").notNull(),
    sha256: text("sha256").notNull(),
    /** Pixels of an image; null for others. */
    width: integer("width"),
    height: integer("height"),
    uploadedBy: uuid("uploaded_by"),
    createdAt: instantNow("created_at"),
    /** Since when a sent message shows or carries it: from then on it is kept. */
    sentAt: instant("sent_at"),
  },
  (t) => [index("files_recent_index").on(t.workspaceId, t.id.desc().nullsFirst())],
);
