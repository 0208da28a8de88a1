import { hotSql } from "@/db/client";
import type { Going, Lease } from "./lease";
import { dayStart, isAboutPolicy, subjectSuffix } from "./load-members";
import type { Member } from "./member";
import type { Reason } from "./status";

/** A message that every rule lets go, with its price (micro-units). */
export type Candidate = { member: Member; price: bigint };

export type Refused = { reason: Reason; saw: string };

type Row = { seq: number; verdict: "ok" | "capped" | "same_day" | "over_budget"; had: string };

/**
 * Takes each message's place under the frequency caps and its price from the budget, under locks: of two senders that see
 * the same last place, one gets it. Returns who was refused. Nothing is asked where nothing is limited.
 */
export async function reserve(
  lease: Lease,
  going: Going,
  candidates: Candidate[],
): Promise<Map<number, Refused>> {
  const { circumstances, content } = lease;
  const { rules, workspace } = circumstances;
  const cap = content.purpose === "promotional" ? rules.caps[lease.channel] : null;
  const daily = isAboutPolicy(content) ? rules.servicePerPolicyDay : null;
  if (candidates.length === 0 || (cap === null && daily === null && going.budget === null)) return new Map();
  const subject = ({ policyId }: Member) =>
    isAboutPolicy(content) && policyId !== null ? `${policyId}${subjectSuffix(content)}` : "";
  const column = <T>(of: (candidate: Candidate) => T): T[] => candidates.map(of);
  const sql = hotSql();
  // One statement, which sets the workspace before it calls: the locks are held for no round trip.
  const rows = await sql<Row[]>`
      select seq, verdict, had
      from (select set_config('app.workspace_id', ${lease.workspaceId}, true)::uuid as id offset 0) w
      cross join lateral reserve_sending(w.id, ${lease.runNumber}, ${lease.campaignId},
        ${lease.channel}, ${content.purpose}, ${cap?.most ?? null}, ${cap?.days ?? null}, ${daily},
        ${dayStart(sql, workspace.timeZone)}, ${going.budget?.toString() ?? null}::bigint,
        ${column(({ member }) => member.seq)}::int[], ${column(({ member }) => member.customerId)}::uuid[],
        ${column(({ member }) => subject(member))}::text[], ${column(({ member }) => member.replaces)}::int[],
        ${column(({ price }) => price.toString())}::bigint[])
      where verdict <> 'ok'`;
  return new Map(
    rows.map(({ seq, verdict, had }) => [
      seq,
      {
        reason: verdict as Reason,
        saw:
          verdict === "same_day"
            ? `${had} about this policy today, at most ${daily}`
            : `${had} in ${cap?.days} days, at most ${cap?.most}`,
      },
    ]),
  );
}
