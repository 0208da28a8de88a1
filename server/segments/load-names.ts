import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { attributesOf } from "./load-world";
import { conditionsOf, type Rule, segmentsIn } from "./rule/model";
import type { Names } from "./rule/world";

type Named = { kind: "segment" | "campaign" | "advisor"; id: string; name: string };

/** The names of what rules mention, so that they can be checked and read back. */
export async function loadNames(tx: Transaction, ctx: Context, rules: readonly Rule[]): Promise<Names> {
  const conditions = rules.flatMap(conditionsOf);
  const campaigns = conditions.flatMap((one) => (one.on === "campaign" ? (one.campaign ?? []) : []));
  const ids = sql.param([...new Set([...rules.flatMap(segmentsIn), ...campaigns])]);
  const [workspace] = await tx.execute<{ currency: string; locale: string }>(
    sql`select currency, locale from workspaces where id = ${ctx.workspaceId}`,
  );
  const named = await tx.execute<Named>(sql`
    select 'segment' as kind, id, name from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and id = any(${ids}::uuid[])
    union all select 'campaign', id, name from campaigns
    where workspace_id = ${ctx.workspaceId} and id = any(${ids}::uuid[])
    union all select 'advisor', m.id, u.name from memberships m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and m.role = 'advisor'`);
  const of = (kind: Named["kind"]) =>
    new Map(named.filter((row) => row.kind === kind).map(({ id, name }) => [id, name]));
  return {
    ...required(workspace, "workspace"),
    attributes: await attributesOf(tx, ctx),
    segments: of("segment"),
    campaigns: of("campaign"),
    advisors: of("advisor"),
  };
}
