import { AppError } from "@/server/platform/errors";
import type { FileKind } from "../schemas";

/** What a column of a file can hold. */
export type Field =
  | "customer_id"
  | "phone"
  | "email"
  | "channel"
  | "purpose"
  | "action"
  | "source"
  | "text"
  | "evidence"
  | "time"
  | "address"
  | "reason"
  | "origin"
  | "key"
  | "hint";

/** Field → the number of its column. */
export type Columns = Partial<Record<Field, number>>;

/** Names that files give their columns, without case, spaces and marks. Our own exports' names are among them. */
const names: Record<Field, readonly string[]> = {
  customer_id: ["customerid", "externalid", "clientid", "custid", "crn"],
  phone: ["phone", "mobile", "mobileno", "mobilenumber", "phonenumber", "contact", "msisdn"],
  email: ["email", "mail", "emailaddress", "emailid"],
  channel: ["channel", "medium", "mode"],
  purpose: ["purpose", "consentfor", "category"],
  action: ["action", "consent", "status", "decision", "state"],
  source: ["source", "collectedat", "collectedvia", "capturedfrom"],
  text: ["text", "textshown", "wording", "statement", "consenttext", "words"],
  evidence: ["evidence", "proof", "reference", "formno", "formnumber", "recording"],
  time: ["time", "at", "date", "consentdate", "given", "givenat", "timestamp", "when"],
  address: ["address", "number", "suppressed", "contactpoint"],
  reason: ["reason", "why", "type"],
  origin: ["origin", "note", "remark", "remarks", "comment"],
  // Of our own export, which holds no addresses.
  key: ["addresskey"],
  hint: ["addresshint"],
};

const fieldsOf: Record<FileKind, readonly Field[]> = {
  consents: [
    "customer_id",
    "phone",
    "email",
    "channel",
    "purpose",
    "action",
    "source",
    "text",
    "evidence",
    "time",
  ],
  suppressions: ["address", "phone", "email", "channel", "reason", "origin", "key", "hint"],
};

const plain = (header: string): string => header.toLowerCase().replace(/[^a-z]/g, "");

/**
 * Finds the columns of a file by their names.
 * @throws AppError BAD_INPUT that says which ones are missing, and what they may be called
 */
export function findColumns(kind: FileKind, headers: readonly string[]): Columns {
  const columns: Columns = {};
  for (const [at, header] of headers.entries()) {
    const field = fieldsOf[kind].find(
      (each) => names[each].includes(plain(header)) && columns[each] === undefined,
    );
    if (field) columns[field] = at;
  }
  const has = (...fields: Field[]) => fields.some((field) => columns[field] !== undefined);
  const missing =
    kind === "consents"
      ? [
          !has("customer_id", "phone", "email") && "whose it is (customer_id, phone or email)",
          !has("channel") && "channel",
          !has("purpose") && "purpose",
          !has("source") && "source",
          !has("text", "evidence") && "text or evidence",
          !has("time") && "time",
        ]
      : [!has("address", "phone", "email", "key") && "address (or phone, email)"];
  const wanted = missing.filter((each) => each !== false);
  if (wanted.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `The file has no column for: ${wanted.join(", ")}. Name the columns so, and upload it again.`,
    );
  return columns;
}
