import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";

type Of = { ctx: Context; customerId: string; zone: string };

/** A part of what is held: what a person calls it, and the rows, oldest first, with columns in plain words. */
type Section = { title: string; read: (of: Of) => SQL };

const own = ({ ctx, customerId }: Of, alias: string): SQL =>
  sql`${sql.raw(alias)}.workspace_id = ${ctx.workspaceId} and ${sql.raw(alias)}.customer_id = ${customerId}`;
/** An instant at the workspace's clock, as people write it. */
const at = ({ zone }: Of, column: string): SQL =>
  sql`to_char(${sql.raw(column)} at time zone ${zone}, 'YYYY-MM-DD HH24:MI')`;
const money = (column: string): SQL => sql.raw(`round(${column} / 1000000.0, 2)::text`);

/** Everything that is held of one customer, besides the profile. A new table with personal values gets a line here. */
export const sections: Record<string, Section> = {
  policies: {
    title: "Policies",
    read: (of) => sql`
      select p.policy_number as "Number", p.policy_type as "Kind", p.product_name as "Product", p.status as "State",
        ${money("p.premium_micros")} as "Premium", ${money("p.sum_assured_micros")} as "Sum assured", p.currency as "Currency",
        p.payment_mode as "Paid", p.auto_debit as "Auto-debit", p.start_date::text as "Start",
        p.renewal_date::text as "Next due date", p.grace_days as "Days of grace"
      from policies p where ${own(of, "p")} order by p.start_date, p.id`,
  },
  payments: {
    title: "Premium payments",
    read: (of) => sql`
      select p.policy_number as "Policy", x.due_date::text as "Due", ${money("x.amount_micros")} as "Amount",
        x.currency as "Currency", x.status as "State", ${at(of, "x.paid_at")} as "Paid at"
      from premium_payments x join policies p on p.id = x.policy_id where ${own(of, "x")} order by x.due_date, x.id`,
  },
  messages: {
    title: "Messages",
    read: (of) => sql`
      select ${at(of, "coalesce(o.at, r.frozen_at, r.created_at)")} as "Time", e.channel as "Channel", c.name as "Campaign",
        case when e.arm = 'held_out' then 'held out' else coalesce(o.state, 'pending') end as "State", o.reason as "Why"
      from executions e join campaign_runs r on r.number = e.run_number join campaigns c on c.id = r.campaign_id
      left join lateral (
        select x.state, x.reason, x.at from execution_outcomes x
        where x.part = e.part and x.run_number = e.run_number and x.seq = e.seq
        order by execution_state_rank(x.state) desc, x.at desc limit 1) o on true
      where ${own(of, "e")} order by 1, e.run_number, e.seq`,
  },
  texts: {
    title: "Texts of messages (sandbox inbox)",
    read: (of) => sql`
      select ${at(of, "m.delivered_at")} as "Time", m.channel as "Channel", m.to_address as "To", m.subject as "Subject",
        m.text as "Text"
      from sandbox_messages m where ${own(of, "m")} order by m.id`,
  },
  reactions: {
    title: "Opens and clicks",
    read: (of) => sql`
      select ${at(of, "d.occurred_at")} as "Time", d.kind as "What", e.channel as "Channel", c.name as "Campaign",
        d.detail ->> 'userAgent' as "Browser"
      from executions e cross join lateral (
        select * from delivery_events v where v.part = e.part and v.run_number = e.run_number and v.seq = e.seq offset 0) d
      join campaign_runs r on r.number = e.run_number join campaigns c on c.id = r.campaign_id
      where ${own(of, "e")} and not d.machine order by d.occurred_at, d.dedupe_key`,
  },
  responses: {
    title: "Replies",
    read: (of) => sql`
      select ${at(of, "x.received_at")} as "Time", x.channel as "Channel", x.from_address as "From", x.text as "Text",
        x.class as "Understood as", x.follow_up as "Follow-up", nullif(x.note, '') as "Note"
      from responses x where ${own(of, "x")} order by x.id`,
  },
  callbacks: {
    title: "Callback requests",
    read: (of) => sql`
      select ${at(of, "x.created_at")} as "Time", x.phone as "Phone", x.request_type as "About",
        nullif(x.description, '') as "Words", x.status as "State", x.disposition as "Outcome", x.resolution as "Resolution",
        ${at(of, "x.closed_at")} as "Closed"
      from callback_requests x where ${own(of, "x")} order by x.id`,
  },
  calls: {
    title: "Calls",
    read: (of) => sql`
      select ${at(of, "a.started_at")} as "Time", a.via as "Via", a.outcome as "Outcome", a.talk_seconds as "Seconds of talk",
        nullif(a.note, '') as "Note", a.recording_url as "Recording"
      from callback_attempts a join callback_requests x on x.id = a.callback_id
      where a.workspace_id = ${of.ctx.workspaceId} and ${own(of, "x")} order by a.started_at, a.id`,
  },
  consents: {
    title: "Consents",
    read: (of) => sql`
      select ${at(of, "x.at")} as "Time", x.channel as "Channel", x.purpose as "Purpose", x.action as "What",
        x.source as "Said by", x.text_shown as "Text shown", nullif(x.evidence, '{}') as "Evidence"
      from consents x where ${own(of, "x")} order by x.id`,
  },
  events: {
    title: "Events",
    read: (of) => sql`
      select ${at(of, "x.occurred_at")} as "Time", x.name as "Event", nullif(x.properties, '{}') as "Properties"
      from customer_events x where ${own(of, "x")} order by x.occurred_at, x.id`,
  },
  conversions: {
    title: "Conversions",
    read: (of) => sql`
      select ${at(of, "x.occurred_at")} as "Time", x.name as "Goal", x.source as "Told by",
        ${money("x.value_micros")} as "Value", x.currency as "Currency", x.policy_number as "Policy",
        x.external_id as "Reference", c.name as "Credited to", x.discounted_for as "Not counted"
      from conversions x left join campaigns c on c.id = x.campaign_id where ${own(of, "x")} order by x.occurred_at, x.id`,
  },
  notes: {
    title: "Notes",
    read: (of) => sql`
      select ${at(of, "x.created_at")} as "Time", u.name as "Written by", x.text as "Text",
        ${at(of, "x.deleted_at")} as "Deleted"
      from customer_notes x left join users u on u.id = x.author_id where ${own(of, "x")} order by x.id`,
  },
  edits: {
    title: "Edits",
    read: (of) => sql`
      select ${at(of, "x.at")} as "Time", x.subject as "Of", x.before as "Before", x.after as "After"
      from customer_changes x where ${own(of, "x")} order by x.at, x.id`,
  },
  imports: {
    title: "Imported files",
    read: (of) => sql`
      select ${at(of, "x.written_at")} as "Time", i.file_name as "File", x.action as "What", x.before as "Before",
        x.after as "After"
      from import_changes x join imports i on i.id = x.import_id where ${own(of, "x")} order by x.written_at`,
  },
};
