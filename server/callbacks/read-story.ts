import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { mayListen } from "@/server/calls/status";
import type { maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import type { CallbackSource, Outcome } from "./status";

type Masker = Awaited<ReturnType<typeof maskerFor>>;

/** One time that the customer asked. */
export type AskLine = {
  id: string;
  at: string;
  source: CallbackSource;
  description: string;
  campaignId: string | null;
  campaignName: string | null;
};

/** One try to call. */
export type AttemptLine = {
  id: string;
  at: string;
  agentName: string | null;
  /** The caller's own. */
  own: boolean;
  via: "tel" | "exotel" | "twilio";
  /** Null while the call is under way. */
  outcome: Outcome | null;
  endedAt: string | null;
  talkSeconds: number | null;
  selfReported: boolean;
  recorded: boolean;
  /** Where the talk can be heard; null where there is none, and for roles that may not listen. */
  recordingUrl: string | null;
  note: string;
};

/** One line of the log. */
export type ActivityLine = {
  id: string;
  kind: string;
  at: string;
  actorName: string | null;
  actorKind: string;
  changes: Record<string, unknown>;
  detail: Record<string, unknown>;
  /** What was written for the next one who has it. */
  note: string | null;
  /** Of a message: where it stands now, as the ledger says. */
  message: { state: string; reason: string | null } | null;
};

export type Story = { asks: AskLine[]; tries: AttemptLine[]; activities: ActivityLine[] };

/** The latest that are shown; the log itself has no end. */
const MOST = 200;

/** Everything that happened to a request: who asked and why, each try, each line of its log, the latest first. */
export async function readStory(
  tx: Transaction,
  ctx: Context,
  { callbackId, masker }: { callbackId: string; masker: Masker },
): Promise<Story> {
  const [asks, tries, activities] = [
    await tx.execute<AskLine>(sql`
      select a.id, to_json(a.at) #>> '{}' as at, a.source, a.description, a.campaign_id as "campaignId",
        p.name as "campaignName"
      from callback_asks a left join campaigns p on p.id = a.campaign_id
      where a.workspace_id = ${ctx.workspaceId} and a.callback_id = ${callbackId} order by a.id desc limit ${MOST}`),
    await tx.execute<AttemptLine>(sql`
      select a.id, to_json(a.started_at) #>> '{}' as at, u.name as "agentName", a.via, a.outcome,
        coalesce(a.membership_id = ${ctx.membershipId}::uuid, false) as own,
        to_json(a.ended_at) #>> '{}' as "endedAt", a.talk_seconds as "talkSeconds",
        a.self_reported as "selfReported", a.recording_url is not null as recorded,
        a.recording_url as "recordingUrl", a.note
      from callback_attempts a
      left join memberships m on m.id = a.membership_id left join users u on u.id = m.user_id
      where a.workspace_id = ${ctx.workspaceId} and a.callback_id = ${callbackId}
      order by a.started_at desc limit ${MOST}`),
    // Claims in bulk name the membership, other verbs the user.
    await tx.execute<ActivityLine>(sql`
      select a.id, a.kind, to_json(a.at) #>> '{}' as at, u.name as "actorName", a.actor_kind as "actorKind",
        a.changes, a.detail, n.text as note,
        case when a.detail ? 'seq' then coalesce((select jsonb_build_object('state', o.state, 'reason', o.reason)
          from execution_outcomes o where o.part = (a.detail ->> 'part')::int
            and o.run_number = (a.detail ->> 'runNumber')::bigint and o.seq = (a.detail ->> 'seq')::int
          order by execution_state_rank(o.state) desc, o.at desc limit 1), '{"state": "pending", "reason": null}') end as message
      from callback_activities a left join memberships m on m.id = a.actor_id
      left join callback_notes n on n.workspace_id = a.workspace_id and n.activity_id = a.id
      left join users u on u.id = coalesce(m.user_id, a.actor_id)
      where a.workspace_id = ${ctx.workspaceId} and a.callback_id = ${callbackId} order by a.at desc, a.id desc limit ${MOST}`),
  ];
  return {
    asks: asks.map((ask) => ({ ...ask, description: masker.text(ask.description) })),
    activities: activities.map((line) => ({ ...line, note: line.note && masker.text(line.note) })),
    tries: tries.map((attempt) => ({
      ...attempt,
      recordingUrl: mayListen(ctx.role) ? attempt.recordingUrl : null,
      note: masker.text(attempt.note),
    })),
  };
}
