import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** What became of the records of one kind. `closed`: instalments that were due and are paid now. */
export type KindCounts = { created: number; updated: number; unchanged: number; closed: number };
export type RecordKind = "customers" | "policies" | "payments";
export type RecordCounts = Partial<Record<RecordKind, KindCounts>>;

/** Rows of the file by what became of them, and the records that they speak of. */
export type ImportCounts = {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  records?: RecordCounts;
};

/** `kept`: reason → customers that were left as they are. `records`: the same for policies and payments. */
export type UndoCounts = {
  removed: number;
  restored: number;
  kept: Record<string, number>;
  records?: { removed: number; restored: number; kept: Record<string, number> };
};

/** One uploaded file of customers or policies on its way in. The file itself lies in the data directory. */
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
    /** The sheets of a workbook, and the one that was read; null for a text file. */
    workbook: jsonb("workbook").$type<{ sheet: string; sheets: string[] }>(),
    headers: jsonb("headers").$type<string[]>().notNull(),
    sample: jsonb("sample").$type<string[][]>().notNull(),
    /** Column header → customer field, `attribute:name`, or absent for "leave out". */
    mapping: jsonb("mapping").$type<Record<string, string>>().notNull().default({}),
    options: jsonb("options").$type<Record<string, unknown>>().notNull().default({}),
    rowsTotal: integer("rows_total"),
    /** The checkpoint: how many data rows are done, and where in the file the next one begins. */
    rowsRead: integer("rows_read").notNull().default(0),
    bytesRead: bigint("bytes_read", { mode: "number" }).notNull().default(0),
    rowsCreated: integer("rows_created").notNull().default(0),
    rowsUpdated: integer("rows_updated").notNull().default(0),
    rowsUnchanged: integer("rows_unchanged").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
    /** Customers, policies and payments, where the file holds policies. */
    records: jsonb("records").$type<RecordCounts>().notNull().default({}),
    /** What the dry run counted; null until there was one. */
    checked: jsonb("checked").$type<ImportCounts>(),
    /** What an undo did and could not do; null until there was one. */
    undone: jsonb("undone").$type<UndoCounts>(),
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
    /** The same fields as the import left them: what an undo may put back. */
    after: jsonb("after").$type<Record<string, unknown>>(),
    /** When the import wrote it last: what is newer is somebody else's. */
    writtenAt: instantNow("written_at"),
    /** Null until an undo looked at it: "removed", "restored", or why it was kept. */
    undone: text("undone"),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.customerId] }),
    index("import_changes_customer_index").on(t.workspaceId, t.customerId),
  ],
);

/** The same for policies and premium payments: for the undo, and for the report of differences. */
export const importRecordChanges = pgTable(
  "import_record_changes",
  {
    workspaceId: workspaceId(),
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"policy" | "payment">().notNull(),
    recordId: uuid("record_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    action: text("action").$type<"created" | "updated" | "closed">().notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>().notNull(),
    undone: text("undone"),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.kind, t.recordId] }),
    index("import_record_changes_customer_index").on(t.workspaceId, t.customerId),
  ],
);

/**
 * Rows of a file that were matched so far, while a check or an import of it is under way: a later row that names the same
 * person is found here, across chunks and restarts. Emptied at the end; holds personal values until then.
 */
export const importClaims = pgTable(
  "import_claims",
  {
    workspaceId: workspaceId(),
    importId: uuid("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
    rowNumber: integer("row_number").notNull(),
    /** In a check, the id of a customer that would be created. */
    customerId: uuid("customer_id").notNull(),
    /** The customer's addresses and name as this row leaves them. */
    externalId: text("external_id"),
    phone: text("phone"),
    email: text("email"),
    name: text("name").notNull(),
    /** Fields that this row stated: a later row of the same customer adds to them and never contradicts. */
    stated: text("stated").array().notNull().default(sql`'{}'`),
    policyNumber: text("policy_number"),
    /** The instalment that this row speaks of. */
    dueDate: date("due_date", { mode: "string" }),
    /** Whether the rows of its chunk made or changed the customer. */
    changed: boolean("changed").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.rowNumber] }),
    index("import_claims_policy_index").on(t.importId, t.policyNumber).where(sql`policy_number is not null`),
    index("import_claims_customer_index").on(t.importId, t.customerId),
    index("import_claims_external_id_index").on(t.importId, t.externalId).where(sql`external_id is not null`),
    index("import_claims_phone_index").on(t.importId, t.phone).where(sql`phone is not null`),
    index("import_claims_email_index").on(t.importId, t.email).where(sql`email is not null`),
  ],
);
