import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { zip } from "@/server/platform/zip";
import { findCustomer } from "../find";
import { type Masker, maskerFor } from "../masking";
import { customerEditors } from "../status";
import { asHtml } from "./as-html";
import { sections } from "./sections";

export type Values = Record<string, unknown>;
export type CustomerRecord = {
  workspace: string;
  /** When it was taken, at the workspace's clock. */
  takenAt: string;
  zone: string;
  profile: Values;
  sections: { key: string; title: string; rows: Values[] }[];
};

/**
 * Everything that is held of one customer as a ZIP of two files: a page to read and JSON for another system. Addresses are
 * masked for roles that read them so. The audit log says who took it.
 * @throws AppError FORBIDDEN, NOT_FOUND (also outside of an advisor's own book), before the first piece
 */
export async function openRecord(
  ctx: Context,
  input: { customerId: string },
): Promise<{ name: string; content: AsyncGenerator<Uint8Array> }> {
  requireRole(ctx, ...customerEditors);
  const record = await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, parseId(input.customerId));
    const record = await readRecord(tx, ctx, customerId);
    await recordAudit(tx, ctx, {
      action: "customer.exported",
      subjectType: "customer",
      subjectId: customerId,
      after: { rows: record.sections.reduce((sum, { rows }) => sum + rows.length, 0) },
    });
    await bumpTopics(tx, ctx, `customer:${customerId}`);
    return record;
  });
  async function* content(): AsyncGenerator<Uint8Array> {
    yield zip([
      { name: "customer.html", content: asHtml(record) },
      { name: "customer.json", content: JSON.stringify(record, null, 2) },
    ]);
  }
  return { name: `customer-${input.customerId}.zip`, content: content() };
}

async function readRecord(tx: Transaction, ctx: Context, customerId: string): Promise<CustomerRecord> {
  const masker = await maskerFor(tx, ctx);
  const { workspace, takenAt, zone, ...profile } = await readProfile(tx, ctx, customerId);
  const record: CustomerRecord = { workspace, takenAt, zone, profile: shown(profile, masker), sections: [] };
  for (const [key, { title, read }] of Object.entries(sections)) {
    const rows = await tx.execute<Values>(read({ ctx, customerId, zone }));
    record.sections.push({ key, title, rows: rows.map((row) => shown(row, masker)) });
  }
  return record;
}

type Profile = Values & Pick<CustomerRecord, "workspace" | "takenAt" | "zone">;

async function readProfile(tx: Transaction, ctx: Context, customerId: string): Promise<Profile> {
  const [row] = await tx.execute<Profile>(sql`
    select w.name as workspace, to_char(clock_now() at time zone w.time_zone, 'YYYY-MM-DD HH24:MI') as "takenAt",
      w.time_zone as zone, c.name as "Name", c.external_id as "External id", c.phone as "Phone", c.email as "E-mail",
      c.language as "Language", c.time_zone as "Time zone", c.city as "City", c.tier as "Tier", c.birth_date::text as "Birth date",
      c.stop_state as "Promotion stopped by", c.engagement_score as "Engagement", u.name as "Advisor",
      array_to_string(c.tags, ', ') as "Tags", c.attributes as "Attributes",
      to_char(c.created_at at time zone w.time_zone, 'YYYY-MM-DD HH24:MI') as "Added"
    from customers c join workspaces w on w.id = c.workspace_id
    left join memberships m on m.id = c.advisor_id left join users u on u.id = m.user_id
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${customerId}`);
  return required(row, "customer");
}

/** Columns that hold an address and nothing else; in other words addresses are found by their looks. */
const addresses = new Set(["Phone", "E-mail", "From", "To"]);

function shown(values: Values, masker: Masker): Values {
  if (!masker.masks) return values;
  const masked = masker.values(values) ?? {};
  for (const [field, value] of Object.entries(values))
    if (addresses.has(field) && typeof value === "string") masked[field] = masker.address(value);
  return masked;
}
