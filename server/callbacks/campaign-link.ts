import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { decodePublicId, type ExecutionKey, readCallbackToken } from "@/server/deliveries";
import { type Context, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { workspaceOfRun } from "@/server/tracking";
import { customerUrl } from "./links";
import { requestIn } from "./request";
import { type AskInput, askInput } from "./schemas";
import { topicOf } from "./topic-of";

/** What the page behind a message's own link shows: nothing of the customer but the end of the number. */
export type AskPage = {
  companyName: string;
  /** The last four digits; null where no number is known. */
  phoneEnd: string | null;
  /** What the message was about, as the topic that is offered first. */
  topic: string;
};

type Asker = {
  customerId: string;
  campaignId: string;
  category: string;
  companyName: string;
  phone: string | null;
  /** Of a message about a request: the request. */
  callbackId: string | null;
};

type Opened = { ctx: Context; key: ExecutionKey };

/**
 * Of the signed token in a message's `{{callback_link}}`; a message about a request leads to that request's own page. Null for a
 * link that is none of ours.
 */
export async function getAskPage(token: string): Promise<AskPage | { page: string } | null> {
  const opened = await open(token);
  if (!opened) return null;
  return withTransaction(opened.ctx, async (tx) => {
    const asker = await readAsker(tx, opened);
    if (!asker) return null;
    if (asker.callbackId) return { page: customerUrl(opened.ctx.workspaceId, asker.callbackId) };
    return {
      companyName: asker.companyName,
      phoneEnd: asker.phone?.slice(-4) ?? null,
      topic: topicOf(asker.category),
    };
  });
}

/**
 * The customer of a message asks for a call: credited to its campaign, merged with what waits of theirs for the number and the
 * topic. Leads to the request's own page, where the time is chosen; null where the request was found to be somebody else's since.
 * Null for a link that is none of ours. @throws AppError BAD_INPUT for a number that cannot be called
 */
export async function askByLink(token: string, input: AskInput): Promise<{ page: string | null } | null> {
  const opened = await open(token);
  if (!opened) return null;
  const asked = askInput.parse(input);
  const { ctx, key } = opened;
  return withTransaction(ctx, async (tx) => {
    const asker = await readAsker(tx, opened);
    if (!asker || asker.callbackId) return null;
    const { id } = await requestIn(tx, ctx, {
      customerId: asker.customerId,
      phone: asker.phone === null ? typedPhone(asked.phone) : null,
      requestType: asked.about,
      description: asked.words,
      source: "campaign_link",
      // The page's own key: pressed twice it is one ask, and next month's visit is another.
      sourceKey: `${key.runNumber}:${key.seq}:${asked.key}`,
      execution: { campaignId: asker.campaignId, ...key },
    });
    const [own] = await tx.execute(sql`
      select 1 from callback_requests
      where workspace_id = ${ctx.workspaceId} and id = ${id} and customer_id = ${asker.customerId}`);
    return { page: own ? customerUrl(ctx.workspaceId, id) : null };
  });
}

async function open(token: string): Promise<Opened | null> {
  const publicId = readCallbackToken(token);
  const key = publicId === null ? null : decodePublicId(publicId);
  const workspaceId = key && (await workspaceOfRun(key.runNumber));
  if (!key || !workspaceId) return null;
  return { key, ctx: { ...systemContext(workspaceId), actor: { kind: "customer", id: null } } };
}

async function readAsker(tx: Transaction, { ctx, key }: Opened): Promise<Asker | null> {
  const [row] = await tx.execute<Asker>(sql`
    select e.customer_id as "customerId", r.campaign_id as "campaignId", c.phone,
      case when k.carries = 'callbacks' then left(e.occurrence, 36) end as "callbackId",
      coalesce(r.content ->> 'category', '') as category, coalesce(nullif(w.branding ->> 'companyName', ''), w.name) as "companyName"
    from executions e join campaign_runs r on r.number = e.run_number join campaigns k on k.id = r.campaign_id
    join workspaces w on w.id = e.workspace_id
    join customers c on c.workspace_id = e.workspace_id and c.id = e.customer_id and c.erased_at is null
    where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq}
      and e.workspace_id = ${ctx.workspaceId}`);
  return row ?? null;
}

function typedPhone(typed: string): string {
  const phone = parsePhone(typed);
  if (!phone.ok) throw new AppError("BAD_INPUT", phone.reason, { field: "phone" });
  return phone.value;
}
