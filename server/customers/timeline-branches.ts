import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import type { TimelineChannel, TimelineKind } from "./content";

export type Place = {
  ctx: Context;
  customerId: string;
  /** Only what is older than this entry; the newest when null. Microseconds, or entries of one instant get lost. */
  from: { at: string; id: string } | null;
  limit: number;
  channels: readonly TimelineChannel[];
};

/** Acts on a customer that change no field, so that the audit log alone knows them. */
const auditedActs = ["customer.exported", "customer.erasure_requested", "customer.erasure_cancelled"];

const nobody = sql`null::uuid as actor_id, null::text as actor_name`;

/** The page's place in one kind: the instant alone first, because that is what an index can be entered by. */
function before(place: Place, at: SQL, id: SQL): SQL {
  if (!place.from) return sql`true`;
  return sql`${at} <= ${place.from.at}::timestamptz and (${at}, ${id}) < (${place.from.at}::timestamptz, ${place.from.id})`;
}

const inChannels = (place: Place, channel: SQL | null): SQL => {
  if (place.channels.length === 0) return sql`true`;
  return channel ? sql`${channel} = any(${sql.param([...place.channels])}::text[])` : sql`false`;
};

const own = (place: Place, alias: "x"): SQL =>
  sql`${sql.raw(alias)}.workspace_id = ${place.ctx.workspaceId} and ${sql.raw(alias)}.customer_id = ${place.customerId}`;

const page = (place: Place): SQL => sql`order by at desc, id desc limit ${place.limit}`;

type Branch = (place: Place) => SQL;

/** A message stands where it was handed over; one that waits, or was never sent, where that was decided. */
const message: Branch = (place) => sql`
  select 'message:' || m.part || '.' || m.run_number || '.' || m.seq as id, m.at, 'message' as kind, m.channel, ${nobody},
    jsonb_build_object('campaignId', c.id, 'campaignName', c.name, 'state', m.state, 'reason', m.reason,
      'detail', m.detail, 'step', m.step, 'part', m.part, 'runNumber', m.run_number, 'seq', m.seq) as detail
  from (
    select e.part, e.run_number, e.seq, e.channel, e.step, best.reason, best.detail, r.campaign_id,
      case when e.arm = 'held_out' then 'held_out' else coalesce(best.state, 'pending') end as state,
      coalesce(gone.at, best.at, r.frozen_at, r.created_at) as at
    from mine e join campaign_runs r on r.number = e.run_number
    left join lateral (
      select o.state, o.reason, o.detail, o.at from execution_outcomes o
      where o.part = e.part and o.run_number = e.run_number and o.seq = e.seq
      order by execution_state_rank(o.state) desc, o.at desc limit 1) best on true
    left join lateral (
      select min(s.at) as at from execution_results s
      where s.part = e.part and s.run_number = e.run_number and s.seq = e.seq
        and s.state in ('sent', 'delivered', 'unknown', 'failed')) gone on true
    where ${inChannels(place, sql`e.channel`)}) m
  join campaigns c on c.id = m.campaign_id
  where ${before(place, sql`m.at`, sql`'message:' || m.part || '.' || m.run_number || '.' || m.seq`)} ${page(place)}`;

/** What a person did with a message. An open that a click implies is the click. */
const reaction: Branch = (place) => {
  const id = sql`'reaction:' || d.part || '.' || d.run_number || '.' || d.seq || '.' || d.dedupe_key`;
  return sql`
    select ${id} as id, d.occurred_at as at, 'reaction' as kind, e.channel, ${nobody},
      jsonb_build_object('campaignId', c.id, 'campaignName', c.name, 'did', d.kind) as detail
    from mine e cross join lateral (
      -- A fence: joined freely, a customer with many messages makes the planner read the whole ledger.
      select * from delivery_events v where v.part = e.part and v.run_number = e.run_number and v.seq = e.seq offset 0) d
    join campaign_runs r on r.number = e.run_number join campaigns c on c.id = r.campaign_id
    where d.kind in ('opened', 'clicked', 'complained', 'unsubscribed') and not d.machine
      and not coalesce((d.detail ->> 'implied')::boolean, false) and ${inChannels(place, sql`e.channel`)}
      and ${before(place, sql`d.occurred_at`, id)} ${page(place)}`;
};

const response: Branch = (place) => sql`
  select 'response:' || x.id as id, x.received_at as at, 'response' as kind, x.channel, ${nobody},
    jsonb_build_object('responseId', x.id, 'text', x.text, 'class', x.class, 'followUp', x.follow_up,
      'campaignName', c.name) as detail
  from responses x left join campaigns c on c.id = x.campaign_id
  where ${own(place, "x")} and ${inChannels(place, sql`x.channel`)}
    and ${before(place, sql`x.received_at`, sql`'response:' || x.id`)} ${page(place)}`;

/** A wish to be called, each try, and how it ended. */
const callback: Branch = (place) => {
  const entry = (
    did: "asked" | "called" | "closed",
    how: SQL,
    words: SQL,
  ): SQL => sql`'callback' as kind, 'call' as channel,
    ${nobody}, jsonb_build_object('did', ${did}::text, 'about', x.request_type, 'how', ${how}, 'words', nullif(${words}, '')) as detail`;
  const [asked, called, closed] = [sql`'asked:' || x.id`, sql`'called:' || a.id`, sql`'closed:' || x.id`];
  const here = sql`${own(place, "x")} and ${inChannels(place, sql`'call'`)}`;
  return sql`
    (select ${asked} as id, x.created_at as at, ${entry("asked", sql`x.source`, sql`x.description`)}
    from callback_requests x where ${here} and ${before(place, sql`x.created_at`, asked)} ${page(place)})
    union all
    (select ${called} as id, a.started_at as at, ${entry("called", sql`coalesce(a.outcome, a.state)`, sql`a.note`)}
    from callback_requests x join callback_attempts a on a.workspace_id = x.workspace_id and a.callback_id = x.id
    where ${here} and ${before(place, sql`a.started_at`, called)} ${page(place)})
    union all
    (select ${closed} as id, x.closed_at as at, ${entry("closed", sql`coalesce(x.disposition, x.status)`, sql`x.resolution`)}
    from callback_requests x where ${here} and x.closed_at is not null and ${before(place, sql`x.closed_at`, closed)}
    ${page(place)})
    ${page(place)}`;
};

const event: Branch = (place) => sql`
  select 'event:' || x.id as id, x.occurred_at as at, 'event' as kind, null as channel, ${nobody},
    jsonb_build_object('name', x.name, 'properties', x.properties) as detail
  from customer_events x where ${own(place, "x")} and ${inChannels(place, null)}
    and ${before(place, sql`x.occurred_at`, sql`'event:' || x.id`)} ${page(place)}`;

const consent: Branch = (place) => sql`
  select 'consent:' || x.id as id, x.at, 'consent' as kind, x.channel,
    case x.actor_kind when 'user' then x.actor_id end as actor_id, null as actor_name,
    jsonb_build_object('purpose', x.purpose, 'action', x.action, 'source', x.source, 'textShown', x.text_shown) as detail
  from consents x where ${own(place, "x")} and ${inChannels(place, sql`x.channel`)}
    and ${before(place, sql`x.at`, sql`'consent:' || x.id`)} ${page(place)}`;

const note: Branch = (place) => sql`
  select 'note:' || x.id as id, x.created_at as at, 'note' as kind, null as channel, x.author_id as actor_id,
    null as actor_name,
    jsonb_build_object('noteId', x.id, 'text', x.text, 'authorId', x.author_id, 'edited', x.edited_at is not null) as detail
  from customer_notes x where ${own(place, "x")} and x.deleted_at is null and ${inChannels(place, null)}
    and ${before(place, sql`x.created_at`, sql`'note:' || x.id`)} ${page(place)}`;

const change: Branch = (place) => sql`
  (select 'change:' || x.id as id, x.at, 'change' as kind, null as channel,
    case x.actor_kind when 'user' then x.actor_id end as actor_id,
    case x.actor_kind when 'api_key' then 'API key' end as actor_name,
    jsonb_build_object('action', case when x.before is null then 'created' else 'changed' end, 'subject', x.subject,
      'label', p.policy_number, 'before', x.before, 'after', x.after) as detail
  from customer_changes x
  left join premium_payments q on x.subject = 'payment' and q.id = x.subject_id
  left join policies p on x.subject <> 'customer' and p.id = coalesce(q.policy_id, x.subject_id)
  where ${own(place, "x")} and ${inChannels(place, null)} and ${before(place, sql`x.at`, sql`'change:' || x.id`)}
  ${page(place)})
  union all
  (select 'audit:' || x.id as id, x.at, 'change' as kind, null as channel,
    case x.actor_kind when 'user' then x.actor_id end as actor_id, null as actor_name,
    jsonb_build_object('action', x.action, 'subject', 'customer', 'label', null, 'before', null, 'after', null) as detail
  from audit_entries x
  where x.workspace_id = ${place.ctx.workspaceId} and x.subject_type = 'customer' and x.subject_id = ${place.customerId}
    and x.action = any(${sql.param(auditedActs)}::text[]) and ${inChannels(place, null)}
    and ${before(place, sql`x.at`, sql`'audit:' || x.id`)} ${page(place)})
  ${page(place)}`;

const imported: Branch = (place) => sql`
  select 'import:' || x.id as id, x.at, 'import' as kind, null as channel, x.created_by as actor_id, null as actor_name,
    jsonb_build_object('importId', x.id, 'fileName', x.file_name, 'action', coalesce(x.action, 'updated'),
      'before', x.before, 'after', x.after, 'policies', x.policies, 'payments', x.payments) as detail
  from (
    select i.id, i.file_name, i.created_by, min(y.action) as action,
      coalesce(max(y.at), i.finished_at, i.started_at, i.created_at) as at,
      jsonb_agg(y.before) filter (where y.before is not null) -> 0 as before,
      jsonb_agg(y.after) filter (where y.after is not null) -> 0 as after,
      sum(y.policies)::int as policies, sum(y.payments)::int as payments
    from (
      select x.import_id, x.action, x.written_at as at, x.before, x.after, 0 as policies, 0 as payments
      from import_changes x where ${own(place, "x")}
      union all
      select x.import_id, null, null, null, null, (x.kind = 'policy')::int, (x.kind = 'payment')::int
      from import_record_changes x where ${own(place, "x")}) y
    join imports i on i.id = y.import_id group by i.id) x
  where ${inChannels(place, null)} and ${before(place, sql`x.at`, sql`'import:' || x.id`)} ${page(place)}`;

/** How each kind is read: `id, at, kind, channel, actor_id, actor_name, detail`, newest first, at most a page. */
export const branches: Record<TimelineKind, Branch> = {
  message,
  reaction,
  response,
  callback,
  event,
  consent,
  note,
  change,
  import: imported,
};
