import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { maskerFor } from "@/server/customers";
import { encodePublicId } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { readPolicies } from "@/server/policies";

type Masker = Awaited<ReturnType<typeof maskerFor>>;
type Policies = Awaited<ReturnType<typeof readPolicies>>;

/** What is known of who wants the call. */
export type Caller = {
  id: string;
  name: string;
  email: string | null;
  city: string | null;
  language: string;
  timeZone: string | null;
  engagementScore: number;
  stopState: string | null;
  policies: Policies;
  /** The latest that went to and fro, oldest first. */
  messages: Message[];
  notes: { id: string; text: string; at: string }[];
};

type Message = { id: string; by: "us" | "customer"; text: string; at: string; about: string | null };

const MOST_MESSAGES = 8;

/** The customer of a request, for who may see them now. */
export async function readCaller(
  tx: Transaction,
  ctx: Context,
  { customerId, masker }: { customerId: string; masker: Masker },
): Promise<Caller | null> {
  const [row] = await tx.execute<Omit<Caller, "policies" | "messages" | "notes">>(sql`
    select id, name, email, city, language, time_zone as "timeZone", engagement_score as "engagementScore",
      stop_state as "stopState"
    from customers where workspace_id = ${ctx.workspaceId} and id = ${customerId} and erased_at is null`);
  if (!row) return null;
  const notes = await tx.execute<{ id: string; text: string; at: string }>(sql`
    select id, text, to_json(created_at) #>> '{}' as at from customer_notes
    where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and deleted_at is null
    order by id desc limit 3`);
  return {
    ...row,
    email: masker.email(row.email),
    policies: await readPolicies(tx, ctx, customerId),
    messages: await readMessages(tx, ctx, { customerId, masker }),
    notes: notes.map((note) => ({ ...note, text: masker.text(note.text) })),
  };
}

type Given = { customerId: string; masker: Masker };

/** What went to and fro, the latest at the end. */
async function readMessages(tx: Transaction, ctx: Context, given: Given): Promise<Message[]> {
  const said = await tx.execute<Message>(sql`
    select r.id, 'customer' as by, r.text, to_json(r.received_at) #>> '{}' as at, p.name as about
    from responses r left join campaigns p on p.id = r.campaign_id
    where r.workspace_id = ${ctx.workspaceId} and r.customer_id = ${given.customerId}
    order by r.id desc limit ${MOST_MESSAGES}`);
  return [...said, ...(await readSent(tx, ctx, given))]
    .map((message) => ({ ...message, text: given.masker.text(message.text) }))
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .slice(-MOST_MESSAGES);
}

/** Our own messages: the campaign's name, and the words where the sandbox kept them. */
async function readSent(tx: Transaction, ctx: Context, { customerId }: Given): Promise<Message[]> {
  const sent = await tx.execute<{
    part: number;
    runNumber: number;
    seq: number;
    at: string;
    about: string;
  }>(sql`
    select e.part, e.run_number::int as "runNumber", e.seq, c.name as about, to_json(gone.at) #>> '{}' as at
    from (select * from executions where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId}
      order by run_number desc, seq desc limit ${MOST_MESSAGES}) e
    join campaign_runs n on n.number = e.run_number join campaigns c on c.id = n.campaign_id
    cross join lateral (select min(s.at) as at from execution_results s where s.part = e.part
      and s.run_number = e.run_number and s.seq = e.seq and s.state in ('sent', 'delivered', 'unknown')) gone
    where gone.at is not null`);
  const ids = sent.map(encodePublicId);
  const kept = await tx.execute<{ id: string; text: string }>(sql`
    select public_id as id, coalesce(nullif(subject, ''), text) as text from sandbox_messages
    where workspace_id = ${ctx.workspaceId} and public_id = any(${sql.param(ids)}::text[])`);
  const texts = new Map(kept.map(({ id, text }) => [id, text]));
  return sent.map(({ at, about }, nth) => {
    const id = ids[nth] ?? "";
    return { id, by: "us", at, about, text: texts.get(id) ?? "" };
  });
}
