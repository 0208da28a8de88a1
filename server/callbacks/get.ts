import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import { maskerFor } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type ExplainedClock, explainClocks } from "@/server/sla";
import { readDial } from "./dial-window";
import { type Disposition, readDispositions } from "./dispositions";
import { type CallbackLine, readLines } from "./lines";
import { customerUrl } from "./links";
import { listPossible, type PossibleCustomers } from "./possible";
import { type Caller, readCaller } from "./read-caller";
import { readStory, type Story } from "./read-story";
import { scoreOf } from "./score";
import { callbackReaders } from "./status";
import { inReach } from "./visible";

type Facts = {
  customerId: string | null;
  fullDescription: string;
  email: string | null;
  assigneeId: string | null;
  campaignId: string | null;
  campaignName: string | null;
  resolution: string | null;
  resolutionCategory: string | null;
  satisfaction: number | null;
  /** Micro-units of the workspace's currency. */
  conversionValue: string | null;
  currency: string;
  cycle: number;
  category: string | null;
  tags: string[];
  /** Rises with each change. */
  version: number;
};

export type CallbackDetail = CallbackLine &
  Facts &
  Story & {
    /** What the score is made of; they add up to `sum` of at most 125. */
    parts: { type: number; urgency: number; tier: number };
    sum: number;
    /** The caller's own live claim. */
    hold: { generation: number; until: string } | null;
    /** False: number and customer are shown once the caller holds the request. */
    open: boolean;
    /** The customer's time zone, and when they may be called. */
    zone: string;
    dial: { open: boolean; nextAt: string | null };
    clocks: ExplainedClock[];
    caller: Caller | null;
    /** While nobody is named: who may have asked. */
    possible: PossibleCustomers;
    /** Other open requests of the same number. */
    others: { id: string; requestType: string }[];
    dispositions: Disposition[];
    /** Address of the page on which the customer moves or cancels it; for who may see the customer. */
    customerUrl: string | null;
  };

/**
 * One request with all that explains it. An agent reads the number and the customer only while holding it (`joints.md`).
 * @throws AppError FORBIDDEN; NOT_FOUND, also for a request that is none of the caller's
 */
export async function getCallback(ctx: Context, input: { callbackId: string }): Promise<CallbackDetail> {
  requireRole(ctx, ...callbackReaders);
  const id = parseId(input.callbackId);
  return withTransaction(ctx, async (tx) => {
    const { phone, ...facts } = await readFacts(tx, ctx, id);
    const [line] = await readLines(tx, ctx, [id]);
    if (!line) throw missing();
    const [held] = await tx.execute<{ generation: number; until: string }>(sql`
      select generation::int, to_json(until) #>> '{}' as until from callback_holds
      where workspace_id = ${ctx.workspaceId} and callback_id = ${id} and membership_id = ${ctx.membershipId}
        and until > clock_now()`);
    const open = ctx.role !== "agent" || held !== undefined;
    const masker = await maskerFor(tx, ctx);
    const { parts, sum } = scoreOf(line);
    const others = await tx.execute<{ id: string; requestType: string }>(sql`
      select r.id, r.request_type as "requestType" from callback_requests r
      where ${inReach(ctx)} and r.phone = ${phone} and r.id <> ${id}
        and r.status in ('pending', 'assigned', 'in_progress', 'scheduled') order by r.id limit 20`);
    return {
      ...line,
      ...facts,
      customerId: open ? facts.customerId : null,
      email: open ? masker.email(facts.email) : null,
      // Whoever holds the request has to dial: the number is read as it is.
      phone: held ? phone : open ? masker.phone(phone) : addressHint("sms", phone),
      fullDescription: masker.text(facts.fullDescription),
      parts,
      sum,
      hold: held ?? null,
      open,
      ...(await readDial(tx, ctx, { customerId: facts.customerId, phone, requestType: line.requestType })),
      clocks: await explainClocks(tx, ctx, id),
      ...(await readStory(tx, ctx, { callbackId: id, masker })),
      caller:
        open && facts.customerId ? await readCaller(tx, ctx, { customerId: facts.customerId, masker }) : null,
      possible:
        open && facts.customerId === null && line.closedAt === null
          ? await listPossible(tx, ctx, { phone, email: facts.email, customerName: line.name })
          : { customers: [], total: 0 },
      others: [...others],
      dispositions: await readDispositions(tx, ctx),
      customerUrl: open ? customerUrl(ctx.workspaceId, id) : null,
    };
  });
}

const missing = (): AppError =>
  new AppError("NOT_FOUND", "There is no such callback request. It may have been removed.");

async function readFacts(tx: Transaction, ctx: Context, id: string): Promise<Facts & { phone: string }> {
  const [row] = await tx.execute<Facts & { phone: string }>(sql`
    select r.customer_id as "customerId", r.phone, r.description as "fullDescription", r.email,
      r.assignee_id as "assigneeId", r.campaign_id as "campaignId", p.name as "campaignName", r.resolution,
      r.resolution_category as "resolutionCategory", r.satisfaction,
      r.conversion_value_micros::text as "conversionValue", w.currency, r.cycle, r.category, r.tags, r.version
    from callback_requests r join workspaces w on w.id = r.workspace_id
    left join campaigns p on p.workspace_id = r.workspace_id and p.id = r.campaign_id
    where ${inReach(ctx)} and r.id = ${id}`);
  if (!row) throw missing();
  return row;
}
