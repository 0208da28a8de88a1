import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { requestTypes } from "@/server/callbacks/status";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import type { TopicInput } from "./schemas";
import type { CallPurpose } from "./status";

export type CallTopic = { requestType: string; purpose: CallPurpose; script: string };

/** Why customers are called about a topic, and what is said first. A topic that nobody set up is service, without a script. */
export async function readTopic(tx: Transaction, ctx: Context, requestType: string): Promise<CallTopic> {
  const [row] = await tx.execute<CallTopic>(sql`
    select request_type as "requestType", purpose, script from telephony_topics
    where workspace_id = ${ctx.workspaceId} and request_type = ${requestType}`);
  return row ?? { requestType, purpose: "service", script: "" };
}

const MOST = 200;
/** Requests that topics are gathered from, the newest ones. */
const LOOKED_AT = 5_000;

/** Every topic that requests have or had, the product's own first. */
export function listTopics(ctx: Context): Promise<CallTopic[]> {
  return withTransaction(ctx, async (tx) => {
    const known = await tx.execute<CallTopic>(sql`
      select request_type as "requestType", purpose, script from telephony_topics
      where workspace_id = ${ctx.workspaceId} order by request_type limit ${MOST}`);
    const used = await tx.execute<{ requestType: string }>(sql`
      select distinct request_type as "requestType" from (select request_type from callback_requests
        where workspace_id = ${ctx.workspaceId} order by id desc limit ${LOOKED_AT}) r order by 1 limit ${MOST}`);
    const names = new Set([
      ...Object.keys(requestTypes),
      ...known.map(({ requestType }) => requestType),
      ...used.map(({ requestType }) => requestType),
    ]);
    return [...names].map(
      (requestType): CallTopic =>
        known.find((topic) => topic.requestType === requestType) ?? {
          requestType,
          purpose: "service",
          script: "",
        },
    );
  });
}

/** From the next call on. */
export function changeTopic(ctx: Context, { requestType, purpose, script }: TopicInput): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      insert into telephony_topics (workspace_id, request_type, purpose, script)
      values (${ctx.workspaceId}, ${requestType}, ${purpose}, ${script})
      on conflict (workspace_id, request_type) do update
        set purpose = excluded.purpose, script = excluded.script, updated_at = clock_now()`);
    await recordAudit(tx, ctx, {
      action: "telephony_topic.changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: { topic: requestType, purpose, changed: ["script"] },
    });
    await bumpTopics(tx, ctx, "telephony");
  });
}
