import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { matching } from "./filter";
import { masksFor } from "./masking";
import { type bulkAct, type ChangeCustomersInput, changeCustomersInput, MOST_TAGS } from "./schemas";
import { inScope } from "./scope";
import { customerEditors } from "./status";
import { requireAdvisor } from "./values";

/** Customers of one transaction: locks stay short, and other people's edits come between. */
const PAGE = 1_000;
/** More than this is the work of a segment and an import. */
export const MOST_CHANGED = 100_000;

type Act = z.infer<typeof bulkAct>;
/** How an act changes a row: the column, its new value, and for whom that is a change. */
type Step = { field: "tags" | "advisorId" | "stopState"; column: SQL; value: SQL; differs: SQL };

function stepOf(act: Act): Step {
  switch (act.kind) {
    case "add_tag": {
      const differs = sql`not (${act.tag} = any(c.tags)) and cardinality(c.tags) < ${MOST_TAGS}`;
      return {
        field: "tags",
        column: sql`tags`,
        value: sql`array_append(c.tags, ${act.tag}::text)`,
        differs,
      };
    }
    case "remove_tag": {
      const differs = sql`${act.tag} = any(c.tags)`;
      return {
        field: "tags",
        column: sql`tags`,
        value: sql`array_remove(c.tags, ${act.tag}::text)`,
        differs,
      };
    }
    case "set_advisor": {
      const value = sql`${act.advisorId}::uuid`;
      const differs = sql`c.advisor_id is distinct from ${value}`;
      return { field: "advisorId", column: sql`advisor_id`, value, differs };
    }
    case "set_stop_state": {
      const value = sql`${act.stopState}::text`;
      const differs = sql`c.stop_state is distinct from ${value}`;
      return { field: "stopState", column: sql`stop_state`, value, differs };
    }
  }
}

/**
 * Does one thing with many customers: the ticked ones, or all whom the filters leave. Page by page, so a stop in between
 * leaves whole pages done, and doing it again finishes the rest. Whoever is that way already is left alone.
 * @throws AppError FORBIDDEN, NOT_FOUND (a malformed id), BAD_INPUT, LIMIT_EXCEEDED
 */
export async function changeCustomers(
  ctx: Context,
  input: ChangeCustomersInput,
): Promise<{ changed: number }> {
  requireRole(ctx, ...customerEditors);
  const { who, act } = changeCustomersInput.parse(input);
  if (act.kind === "set_advisor" && ctx.role === "advisor")
    throw new AppError("FORBIDDEN", "Who looks after a customer is decided by marketers and administrators.");
  await withTransaction(ctx, async (tx) => {
    if (act.kind === "set_advisor" && act.advisorId) await requireAdvisor(tx, ctx, act.advisorId);
    if ("filters" in who) await refuseTooMany(tx, await whereOf(tx, ctx, who));
  });
  let changed = 0;
  for (let after: string | null = null; ; ) {
    const page = await withTransaction(ctx, async (tx): Promise<{ changed: number; last: string | null }> => {
      const where = await whereOf(tx, ctx, who);
      const from = after === null ? where : sql`${where} and c.id > ${after}::uuid`;
      return changePage(tx, ctx, { where: from, step: stepOf(act), act });
    });
    changed += page.changed;
    if (page.last === null) return { changed };
    after = page.last;
  }
}

/** Whom it is for, as everything stands in this page's transaction. */
async function whereOf(
  tx: Transaction,
  ctx: Context,
  who: z.infer<typeof changeCustomersInput>["who"],
): Promise<SQL> {
  if ("ids" in who) return sql`${inScope(ctx)} and c.id = any(${sql.param(who.ids.map(parseId))}::uuid[])`;
  return matching(tx, ctx, { filters: who.filters, masked: await masksFor(tx, ctx) });
}

async function refuseTooMany(tx: Transaction, where: SQL): Promise<void> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from (select from customers c where ${where} limit ${MOST_CHANGED + 1}) x`);
  if ((row?.n ?? 0) > MOST_CHANGED)
    throw new AppError(
      "LIMIT_EXCEEDED",
      `These are more than ${MOST_CHANGED.toLocaleString("en-IN")} customers. Narrow the filters and do it in parts.`,
      { max: MOST_CHANGED },
    );
}

type Page = { where: SQL; step: Step; act: Act };
type Changed = { id: string; before: unknown; after: unknown };

async function changePage(tx: Transaction, ctx: Context, { where, step, act }: Page) {
  const { field, column, value, differs } = step;
  const looked = await tx.execute<{ id: string; differs: boolean }>(sql`
    select c.id, ${differs} as differs from customers c where ${where} order by c.id limit ${PAGE} for no key update`);
  const ids = looked.filter((row) => row.differs).map(({ id }) => id);
  const last = looked.length < PAGE ? null : (looked.at(-1)?.id ?? null);
  if (ids.length === 0) return { changed: 0, last };
  const rows = await tx.execute<Changed>(sql`
    with old as (select c.id, to_jsonb(c.${column}) as before from customers c where c.id = any(${sql.param(ids)}::uuid[]))
    update customers c set ${column} = ${value}, updated_at = clock_now() from old where c.id = old.id
    returning c.id, old.before, to_jsonb(c.${column}) as after`);
  await recordPage(tx, ctx, { rows: [...rows], field });
  await recordAudit(tx, ctx, {
    action: `customers.${act.kind}`,
    subjectType: "customers",
    subjectId: ctx.workspaceId,
    after: {
      count: rows.length,
      changed: [field],
      ...(act.kind === "set_stop_state" && { to: act.stopState }),
    },
  });
  await touchCustomers(tx, ctx, ids, ["profile"]);
  await bumpTopics(tx, ctx, "customers");
  return { changed: rows.length, last };
}

/** The history of each of them, as after an edit by hand. */
async function recordPage(
  tx: Transaction,
  ctx: Context,
  { rows, field }: { rows: Changed[]; field: string },
): Promise<void> {
  const changes = rows.map(({ id, before, after }) => ({
    id: newId(),
    customer_id: id,
    before: { [field]: before },
    after: { [field]: after },
  }));
  await tx.execute(sql`
    insert into customer_changes (id, workspace_id, customer_id, actor_kind, actor_id, subject, subject_id, before, after)
    select id, ${ctx.workspaceId}, customer_id, ${ctx.actor.kind}, ${ctx.actor.id}::uuid, 'customer', customer_id, before, after
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r (id uuid, customer_id uuid, before jsonb, after jsonb)`);
}
