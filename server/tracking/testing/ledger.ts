import type { Sql } from "postgres";
import { makeCustomers } from "@/db/testing/factories";
import { encodePublicId } from "@/server/deliveries";
import { newId } from "@/server/platform/ids";

export type LedgerRun = {
  campaignId: string;
  runNumber: number;
  part: number;
  customerIds: string[];
  /** Public ids of the executions, in the order of the customers. */
  publicIds: string[];
};

const twoLinks =
  "Dear {{customer_name}},\n\n[Renew](https://example.test/renew?a=1&b=2)\n\nOr [read more](https://example.test/more).";

/** A launched run with one e-mail execution for each of `size` new customers, arranged with the owner's connection. */
export async function makeLedgerRun(
  owner: Sql,
  workspaceId: string,
  { size = 1, body = twoLinks }: { size?: number; body?: string } = {},
): Promise<LedgerRun> {
  const campaignId = newId();
  const runId = newId();
  const content = {
    channel: "email",
    category: "renewal_reminder",
    purpose: "promotional",
    subject: "Hello",
    body,
    fallbacks: { customer_name: "there" },
    companyName: "Suraksha <Insurance>",
    fromName: "Suraksha",
  };
  const [made] = await owner<{ part: number }[]>`select shared_ledger_part(clock_now()) as part`;
  const part = made?.part ?? 0;
  await owner`
    insert into campaigns (id, workspace_id, name, type, goal, category, owner_id, status)
    values (${campaignId}, ${workspaceId}, 'Renewal drive', 'retention', 'renewal_rate', 'renewal_reminder', ${newId()}, 'active')`;
  const [run] = await owner<{ number: string }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, part, status, content)
    values (${runId}, ${workspaceId}, ${campaignId}, 'launch', ${part}, 'active', ${JSON.stringify(content)}::text::jsonb)
    returning number`;
  const runNumber = Number(run?.number);
  const customerIds = await makeCustomers(
    owner,
    workspaceId,
    Array.from({ length: size }, (_, index) => ({ name: `Reader ${index + 1}` })),
  );
  await owner`
    insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    select ${part}, ${runNumber}, position, ${workspaceId}, customer, 'email'
    from unnest(${customerIds}::uuid[]) with ordinality as t (customer, position)`;
  const publicIds = customerIds.map((_, index) => encodePublicId({ part, runNumber, seq: index + 1 }));
  return { campaignId, runNumber, part, customerIds, publicIds };
}

const chrome =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36";

/** A request as a reader's browser sends it; `headers` go over it. */
export const visit = (headers: Record<string, string> = {}, method = "GET"): Request =>
  new Request("https://ringback.test/t", {
    method,
    headers: { "user-agent": chrome, "x-forwarded-for": "203.0.113.7", ...headers },
  });

/** How Apple's mail privacy proxy asks for a pixel. */
export const appleProxy = (): Request =>
  visit({ "user-agent": "Mozilla/5.0", "x-forwarded-for": "17.58.1.1" });

export type TrackedFigures = { opened: number; clicked: number; unsubscribed: number };

/** The run's figures as the screens read them. */
export async function rollups(owner: Sql, runNumber: number): Promise<TrackedFigures> {
  const [row] = await owner<TrackedFigures[]>`
    select coalesce(sum(opened), 0)::int as opened, coalesce(sum(clicked), 0)::int as clicked,
      coalesce(sum(unsubscribed), 0)::int as unsubscribed
    from run_rollups where run_number = ${runNumber}`;
  return row ?? { opened: 0, clicked: 0, unsubscribed: 0 };
}

/** The same figures bucket by bucket, and bucket by bucket as recounted from raw rows without the `first` mark. */
export async function rollupsAndRecount(owner: Sql, runNumber: number): Promise<[unknown[], unknown[]]> {
  const stored = await owner`
    select bucket, opened, clicked from run_rollups
    where run_number = ${runNumber} and (opened, clicked) <> (0, 0) order by bucket`;
  const recounted = await owner`
    with firsts as (
      select seq, kind, min(occurred_at) as at from delivery_events
      where run_number = ${runNumber} and not machine and kind in ('opened', 'clicked') group by seq, kind)
    select date_bin('15 minutes', at, 'epoch'::timestamptz) as bucket,
      (count(*) filter (where kind = 'opened'))::int as opened, (count(*) filter (where kind = 'clicked'))::int as clicked
    from firsts group by 1 order by 1`;
  return [[...stored], [...recounted]];
}
