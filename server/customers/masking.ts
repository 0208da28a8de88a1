import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import type { Context, Role } from "@/server/platform/context";

/** How somebody reads addresses: as they are, or masked (`+91•••4321`, `r•••@example.com`). */
export type Masker = {
  masks: boolean;
  phone: <T extends string | null>(phone: T) => T;
  email: <T extends string | null>(email: T) => T;
  /** Either of the two. */
  address: <T extends string | null>(address: T) => T;
  /** Free words: what looks like an address in them is masked. */
  text: (text: string) => string;
  /** Fields by name (`phone`, `email`) and words inside other values. */
  values: (values: Record<string, unknown> | null) => Record<string, unknown> | null;
};

/** An e-mail address inside other words. */
const EMAILS = /[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+\.[a-z]{2,}/gi;
/** Ten digits or more, as people write phone numbers: with spaces, dashes and a plus. */
const PHONES = /\+?\d[\d\s\-.()]{8,18}\d/g;

const maskEmail = (email: string): string => addressHint("email", email);
const maskPhone = (phone: string): string => addressHint("sms", phone);
const maskText = (text: string): string =>
  text
    .replace(EMAILS, maskEmail)
    .replace(PHONES, (digits) => (digits.replace(/\D/g, "").length >= 10 ? maskPhone(digits) : digits));

const plain: Masker = {
  masks: false,
  phone: (phone) => phone,
  email: (email) => email,
  address: (address) => address,
  text: (text) => text,
  values: (values) => values,
};

const orNull =
  (mask: (text: string) => string) =>
  <T extends string | null>(text: T): T =>
    text === null ? text : (mask(text) as T);

const masking: Masker = {
  masks: true,
  phone: orNull(maskPhone),
  email: orNull(maskEmail),
  address: orNull((address) => (address.includes("@") ? maskEmail(address) : maskPhone(address))),
  text: maskText,
  values: (values) =>
    values &&
    Object.fromEntries(
      Object.entries(values).map(([field, value]) => [field, maskValue(field, value)] as const),
    ),
};

/** Amounts of policies and payments in micro-units: as long as a phone number, and nobody's. */
const amounts: ReadonlySet<string> = new Set(["premium", "sumAssured", "amount"]);

function maskValue(field: string, value: unknown): unknown {
  if (typeof value === "string") {
    if (amounts.has(field) && /^\d+$/.test(value)) return value;
    if (field === "phone") return maskPhone(value);
    return field === "email" ? maskEmail(value) : maskText(value);
  }
  if (Array.isArray(value)) return value.map((each) => maskValue(field, each));
  return value !== null && typeof value === "object"
    ? masking.values(value as Record<string, unknown>)
    : value;
}

/** How the person reads addresses, by the workspace's setting for the role. The product itself reads them as they are. */
export async function maskerFor(tx: Transaction, ctx: Context): Promise<Masker> {
  return (await masksFor(tx, ctx)) ? masking : plain;
}

/** True when the person reads addresses masked. */
export async function masksFor(tx: Transaction, ctx: Context): Promise<boolean> {
  if (ctx.role === null) return false;
  const [row] = await tx.execute<{ roles: Role[] }>(
    sql`select masked_roles as roles from workspaces where id = ${ctx.workspaceId}`,
  );
  return row?.roles.includes(ctx.role) ?? false;
}
