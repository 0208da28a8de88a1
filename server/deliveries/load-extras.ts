import type { Sql } from "postgres";
import { attributeKeyOf } from "@/server/templates/schemas";
import { fallsDue } from "./due-day";
import { listDuePolicies } from "./list-due-policies";
import type { TagExtras } from "./tag-values";

/** Tags whose values are read only where a message uses them. */
const EXTRA_TAGS = new Set([
  "customer_email",
  "customer_phone",
  "policy_type",
  "due_date",
  "next_due_date",
  "policies_due",
  "agent_name",
  "call_time",
  "call_topic",
]);

/** Whom the values are of: the customer, the policy that the message is about, and its occurrence where it has one. */
type Subject = { customerId: string; policyNumber: string | null; occurrence?: string };

/** Whether `loadExtras` must be asked; for an amount only where one of the messages is about a due day. */
export const needsExtras = (used: readonly string[], subjects: readonly Subject[]): boolean =>
  used.some((tag) => EXTRA_TAGS.has(tag) || attributeKeyOf(tag) !== null) ||
  (used.includes("premium_amount") && subjects.some((subject) => dueDay(subject) !== null));

const dueDay = ({ occurrence = "" }: Subject) => fallsDue(occurrence)?.day ?? null;

/** The tags that the messages use, and the policy types that they are for; none: every type. */
type Wanted = { used: readonly string[]; policyTypes: readonly string[] };

/**
 * The values of the less usual tags, in the order of the subjects. A payment is the one that the occurrence is about, else the
 * policy's earliest that is not paid; where none is known, it falls due with the renewal. The one after it is the next on
 * record, else follows from the payment mode.
 */
export async function loadExtras(
  sql: Sql,
  subjects: readonly Subject[],
  { used, policyTypes }: Wanted,
): Promise<(TagExtras | undefined)[]> {
  const rows = await sql<(Omit<TagExtras, "duePolicies"> & { place: number })[]>`
    select s.place::int as place, c.email, c.phone, c.attributes, p.policy_type as "policyType", u.name as "advisorName",
      k.request_type as "callTopic", to_json(k.slot_start) #>> '{}' as "callAt",
      coalesce(c.time_zone, w.time_zone) as "timeZone",
      about.amount_micros::text as "dueAmount", about.currency as "dueCurrency", due.day::text as "dueDate", coalesce(later.due_date,
        case p.payment_mode when 'monthly' then due.day + interval '1 month' when 'quarterly' then due.day + interval '3 months'
          when 'half_yearly' then due.day + interval '6 months' when 'yearly' then due.day + interval '1 year' end)::date::text
        as "nextDueDate"
    from unnest(${subjects.map((subject) => subject.customerId)}::uuid[], ${subjects.map((subject) => subject.policyNumber)}::text[],
      ${subjects.map((subject) => subject.occurrence ?? "")}::text[], ${subjects.map(dueDay)}::text[])
      with ordinality s (customer_id, policy_number, occurrence, due_day, place)
    join customers c on c.id = s.customer_id
    join workspaces w on w.id = c.workspace_id
    left join callback_requests k on k.workspace_id = c.workspace_id and k.customer_id = c.id
      and k.id::text = left(s.occurrence, 36)
    left join memberships a on a.id = c.advisor_id
    left join users u on u.id = a.user_id
    left join policies p on p.workspace_id = c.workspace_id and p.policy_number = s.policy_number
    left join lateral (
      select s.due_day::date as day where p.id::text = left(s.occurrence, 36)) named on true
    left join lateral (
      select y.amount_micros, y.currency from premium_payments y
      where y.workspace_id = p.workspace_id and y.policy_id = p.id and y.due_date = named.day limit 1) about on true
    left join lateral (
      select coalesce(named.day, (select x.due_date from premium_payments x
        where x.workspace_id = p.workspace_id and x.policy_id = p.id and x.status <> 'paid' order by x.due_date limit 1),
        p.renewal_date) as day) due on true
    left join lateral (
      select x.due_date from premium_payments x
      where x.workspace_id = p.workspace_id and x.policy_id = p.id and x.due_date > due.day order by x.due_date limit 1) later on true`;
  const found: (TagExtras | undefined)[] = subjects.map(() => undefined);
  for (const { place, ...extras } of rows) found[place - 1] = { ...extras, duePolicies: [] };
  if (!used.includes("policies_due")) return found;
  const asked = subjects.map((subject, nth) => ({ ...subject, dueDate: found[nth]?.dueDate ?? null }));
  const lists = await listDuePolicies(sql, asked, policyTypes);
  return found.map((extras, nth) => extras && { ...extras, duePolicies: lists[nth] ?? [] });
}
