import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import type { AttributeValues } from "@/server/attributes/schemas";
import { addressHash } from "@/server/consent";
import { type ContactChannel, contactChannels } from "@/server/consent/status";
import { readEngagement } from "@/server/engagement";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { readPolicies } from "@/server/policies";
import { maskerFor } from "./masking";
import type { StopState, Tier } from "./schemas";
import { inScope } from "./scope";
import { STATE } from "./state";
import { customerReaders } from "./status";

type Profile = {
  id: string;
  externalId: string | null;
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  timeZone: string | null;
  city: string | null;
  tier: Tier;
  engagementScore: number;
  birthDate: string | null;
  stopState: StopState | null;
  advisorId: string | null;
  advisorName: string | null;
  attributes: AttributeValues;
  tags: string[];
  createdAt: string;
  updatedAt: string;
  /** Another one after each change: an edit may be meant for this state only. */
  state: string;
  /** When the personal values are to go; null unless erasure was asked for. */
  eraseAfter: string | null;
};

type Consent = { channel: string; purpose: string; granted: boolean; source: string | null; at: string };
type Suppressed = { channel: ContactChannel; reason: string; at: string };

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/**
 * What is known of one customer: profile, engagement, attributes with their definitions, policies, consent and suppressions.
 * Instants are ISO text. Addresses are masked for roles that read them so (`masked`).
 * @throws AppError FORBIDDEN, NOT_FOUND (also for an advisor, outside of the own book)
 */
export async function getCustomer(ctx: Context, input: { customerId: string }) {
  requireRole(ctx, ...customerReaders);
  const id = parseId(input.customerId);
  return withTransaction(ctx, async (tx) => {
    const profile = await readProfile(tx, ctx, id);
    const masker = await maskerFor(tx, ctx);
    return {
      ...profile,
      phone: masker.phone(profile.phone),
      email: masker.email(profile.email),
      masked: masker.masks,
      definitions: await readAttributes(tx, ctx),
      policies: await readPolicies(tx, ctx, id),
      consents: await readConsents(tx, ctx, id),
      suppressions: await readSuppressions(tx, ctx, profile),
      engagement: await readEngagement(tx, ctx, id),
    };
  });
}

export type CustomerDetail = Awaited<ReturnType<typeof getCustomer>>;

/** The customer's own row, unmasked, in the caller's transaction. @throws AppError NOT_FOUND */
export async function readProfile(tx: Transaction, ctx: Context, id: string): Promise<Profile> {
  const [profile] = await tx.execute<Profile>(sql`
    select c.id, c.external_id as "externalId", c.name, c.phone, c.email, c.language, c.time_zone as "timeZone",
      c.city, c.tier, c.engagement_score as "engagementScore", c.birth_date::text as "birthDate",
      c.stop_state as "stopState", c.advisor_id as "advisorId", u.name as "advisorName", c.attributes, c.tags,
      ${iso("c.created_at")} as "createdAt", ${iso("c.updated_at")} as "updatedAt", ${STATE} as state, ${iso("c.erase_after")} as "eraseAfter"
    from customers c left join memberships m on m.id = c.advisor_id left join users u on u.id = m.user_id
    where ${inScope(ctx)} and c.id = ${id}`);
  return required(profile, "customer");
}

/** What stands for each channel and purpose, with the source of the latest word. */
export async function readConsents(tx: Transaction, ctx: Context, customerId: string): Promise<Consent[]> {
  const rows = await tx.execute<Consent>(sql`
    select s.channel, s.purpose, s.granted, last.source, ${iso("s.at")} as at
    from consent_states s left join lateral (
      select source from consents x where x.workspace_id = s.workspace_id and x.customer_id = s.customer_id
      and x.channel = s.channel and x.purpose = s.purpose order by x.id desc limit 1) last on true
    where s.workspace_id = ${ctx.workspaceId} and s.customer_id = ${customerId} order by s.purpose, s.channel`);
  return [...rows];
}

/** The channels on which the customer's addresses must not be contacted, and why. */
async function readSuppressions(
  tx: Transaction,
  ctx: Context,
  { phone, email }: Pick<Profile, "phone" | "email">,
): Promise<Suppressed[]> {
  const hashes = contactChannels.flatMap((channel) => {
    const address = channel === "email" ? email : phone;
    return address ? [addressHash(channel, address)] : [];
  });
  if (hashes.length === 0) return [];
  const rows = await tx.execute<Suppressed>(sql`
    select channel, reason, ${iso("created_at")} as at from suppressions
    where workspace_id = ${ctx.workspaceId} and address_hash = any(${sql.param(hashes)}::text[]) order by channel`);
  return [...rows];
}
