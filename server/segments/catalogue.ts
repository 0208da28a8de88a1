import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import type { AttributeType } from "@/server/attributes/schemas";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { requireReader } from "./find";

type Named = { id: string; name: string };

/** What the builder offers: everything that this workspace has and a rule can name. */
export type Catalogue = {
  attributes: { key: string; label: string; type: AttributeType; options: string[]; archived: boolean }[];
  cities: string[];
  languages: string[];
  tags: string[];
  policyTypes: string[];
  products: string[];
  events: string[];
  advisors: Named[];
  segments: (Named & { archived: boolean; seedKey: string | null })[];
  campaigns: Named[];
  currency: string;
  locale: string;
  zone: string;
};

/** Rows that are looked at to find values; suggestions, anything else can be typed. */
const LOOKED_AT = 20_000;
const MOST = 300;

/** What can be chosen in the builder. @throws AppError FORBIDDEN */
export async function segmentCatalogue(ctx: Context): Promise<Catalogue> {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const [workspace] = await tx.execute<Pick<Catalogue, "currency" | "locale" | "zone">>(
      sql`select currency, locale, time_zone as zone from workspaces where id = ${ctx.workspaceId}`,
    );
    const customers = sql`(select * from customers where workspace_id = ${ctx.workspaceId} and erased_at is null
      order by id desc limit ${LOOKED_AT}) c`;
    const policies = sql`(select * from policies where workspace_id = ${ctx.workspaceId} limit ${LOOKED_AT}) p`;
    return {
      ...required(workspace, "workspace"),
      attributes: await readAttributes(tx, ctx),
      cities: await valuesOf(tx, sql`c.city`, customers),
      languages: await valuesOf(tx, sql`c.language`, customers),
      tags: await valuesOf(tx, sql`t.tag`, sql`${customers}, unnest(c.tags) as t(tag)`),
      policyTypes: await valuesOf(tx, sql`p.policy_type`, policies),
      products: await valuesOf(tx, sql`p.product_name`, policies),
      events: await eventNames(tx, ctx),
      advisors: await named(tx, sql`memberships x join users u on u.id = x.user_id`, {
        name: sql`u.name`,
        where: sql`x.workspace_id = ${ctx.workspaceId} and x.role = 'advisor' and x.status = 'active'`,
      }),
      segments: await segmentNames(tx, ctx),
      campaigns: await named(tx, sql`campaigns x`, {
        name: sql`x.name`,
        where: sql`x.workspace_id = ${ctx.workspaceId} and x.launched_at is not null`,
      }),
    };
  });
}

async function valuesOf(tx: Transaction, column: SQL, from: SQL): Promise<string[]> {
  const rows = await tx.execute<{ value: string }>(sql`
    select ${column} as value from ${from} where ${column} <> '' group by 1 order by count(*) desc, 1 limit ${MOST}`);
  return rows.map(({ value }) => value);
}

async function named(
  tx: Transaction,
  from: SQL,
  { name, where }: { name: SQL; where: SQL },
): Promise<Named[]> {
  const rows = await tx.execute<Named>(
    sql`select x.id, ${name} as name from ${from} where ${where} order by x.id desc limit ${MOST}`,
  );
  return [...rows];
}

/**
 * The segments that can be chosen, and the archived ones, which may be chosen already; advisors choose among them, too, within
 * their own book. @throws AppError FORBIDDEN
 */
export async function listSegmentNames(ctx: Context): Promise<Catalogue["segments"]> {
  if (ctx.role !== "advisor") requireReader(ctx);
  return withTransaction(ctx, (tx) => segmentNames(tx, ctx));
}

async function segmentNames(tx: Transaction, ctx: Context): Promise<Catalogue["segments"]> {
  const rows = await tx.execute<Catalogue["segments"][number]>(sql`
    select id, name, archived_at is not null as archived, seed_key as "seedKey" from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null order by lower(name), id`);
  return [...rows];
}

/** Each name once, by hopping over the index from name to name. */
async function eventNames(tx: Transaction, ctx: Context): Promise<string[]> {
  const next = (after: SQL): SQL => sql`(select s.name from customer_event_stats s
    where s.workspace_id = ${ctx.workspaceId} ${after} order by s.name limit 1)`;
  const rows = await tx.execute<{ name: string }>(sql`
    with recursive names as (
      select ${next(sql``)} as name
      union all select ${next(sql`and s.name > names.name`)} from names where names.name is not null)
    select name from names where name is not null limit ${MOST}`);
  return rows.map(({ name }) => name);
}

export type EventProperty = {
  property: string;
  type: "text" | "number" | "boolean" | "date";
  examples: string[];
};

/** Properties that the newest events of a name carry, with the type that their values have. @throws AppError FORBIDDEN */
export async function eventProperties(ctx: Context, input: { name: string }): Promise<EventProperty[]> {
  requireReader(ctx);
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<{ property: string; kinds: string[]; examples: string[] }>(sql`
      select v.key as property, array_agg(distinct jsonb_typeof(v.value)) as kinds,
        (array_agg(distinct left(v.value #>> '{}', 100)))[1:8] as examples
      from (select properties from customer_events where workspace_id = ${ctx.workspaceId} and name = ${input.name}
        order by occurred_at desc limit 500) e, jsonb_each(e.properties) v
      where v.value <> 'null' group by 1 order by 1 limit 100`),
  );
  return rows.map(({ property, kinds, examples }) => ({ property, examples, type: typeOf(kinds, examples) }));
}

function typeOf(kinds: string[], examples: string[]): EventProperty["type"] {
  const [kind] = kinds;
  if (kinds.length === 1 && (kind === "number" || kind === "boolean")) return kind;
  return examples.every((example) => /^\d{4}-\d{2}-\d{2}$/.test(example)) ? "date" : "text";
}
