import { bigint, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** One uploaded file of customers on its way in. The file itself lies in the data directory. */
export const imports = pgTable(
  "imports",
  {
    id: id(),
    workspaceId: workspaceId(),
    fileName: text("file_name").notNull(),
    filePath: text("file_path").notNull(),
    fileBytes: bigint("file_bytes", { mode: "number" }).notNull(),
    status: text("status")
      .$type<
        | "uploaded"
        | "checking"
        | "checked"
        | "importing"
        | "completed"
        | "cancelled"
        | "failed"
        | "undoing"
        | "undone"
      >()
      .notNull(),
    encoding: text("encoding").notNull(),
    delimiter: text("delimiter").notNull(),
    headers: jsonb("headers").$type<string[]>().notNull(),
    sample: jsonb("sample").$type<string[][]>().notNull(),
    /** Column header → customer field, `attribute:name`, or absent for "leave out". */
    mapping: jsonb("mapping").$type<Record<string, string>>().notNull().default({}),
    options: jsonb("options").$type<Record<string, unknown>>().notNull().default({}),
    rowsTotal: integer("rows_total"),
    rowsRead: integer("rows_read").notNull().default(0),
    rowsCreated: integer("rows_created").notNull().default(0),
    rowsUpdated: integer("rows_updated").notNull().default(0),
    rowsUnchanged: integer("rows_unchanged").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
    /** A sentence for the person, when it failed. */
    failure: text("failure"),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [index("imports_workspace_index").on(t.workspaceId, t.id.desc().nullsFirst())],
);

/** The mapping last used for a set of headers: the next file like it is mapped already. */
export const importMappings = pgTable(
  "import_mappings",
  {
    id: id(),
    workspaceId: workspaceId(),
    headersHash: text("headers_hash").notNull(),
    mapping: jsonb("mapping").$type<Record<string, string>>().notNull(),
    options: jsonb("options").$type<Record<string, unknown>>().notNull().default({}),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [unique("import_mappings_headers_key").on(t.workspaceId, t.headersHash)],
);

/** A row that was not taken, with the reason; the error file is made from these and the upload. */
export const importRejections = pgTable(
  "import_rejections",
  {
    workspaceId: workspaceId(),
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    rowNumber: integer("row_number").notNull(),
    reason: text("reason").notNull(),
    row: jsonb("row").$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.rowNumber] })],
);

/** What an import did to each customer, so that it can be undone. */
export const importChanges = pgTable(
  "import_changes",
  {
    workspaceId: workspaceId(),
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    customerId: uuid("customer_id").notNull(),
    action: text("action").$type<"created" | "updated">().notNull(),
    /** The fields that the import overwrote, as they stood before it. */
    before: jsonb("before").$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.customerId] })],
);
