import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { withTransaction } from "@/db/transaction";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { Rule } from "../rule/model";
import type { Attribute } from "../rule/world";
import { living, ruleCondition } from "../rule-condition";
import { holds } from "./evaluate";
import type { Memory, Person } from "./people";
import { pools, randomPeople } from "./random-people";
import { type StoredCampaign, storeCampaign, storePeople, suppress } from "./store";

/** The attributes that the people of `random-people.ts` have. */
export const attributes: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ["product", { label: "Product", type: "choice", options: [...pools.products, "term"] }],
  ["amount", { label: "Amount", type: "number", options: [] }],
  ["ok", { label: "OK", type: "boolean", options: [] }],
  ["day", { label: "Day", type: "date", options: [] }],
  ["odd key'\"\\", { label: "Odd", type: "text", options: [] }],
]);

/** A workspace whose people stand in the database and in memory, too. */
export type Twin = {
  ctx: Context;
  people: Person[];
  memory: Memory & { segments: Map<string, Rule> };
  campaigns: Map<string, StoredCampaign>;
  advisors: string[];
  /** Saves a rule as a segment in both. Returns its id. */
  addSegment: (rule: Rule) => Promise<string>;
};

/** Makes one. `today` is the local day of the clock in the zone. */
export async function makeTwin(
  owner: Sql,
  options: { seed: number; count: number; today: string; zone: string; offset: number },
): Promise<Twin> {
  const workspaceId = newId();
  const { today, zone } = options;
  await owner`insert into workspaces (id, name, slug, time_zone) values (${workspaceId}, 'Twin', ${workspaceId}, ${zone})`;
  for (const [key, { label, type, options: list }] of attributes)
    await owner`insert into attribute_definitions (id, workspace_id, key, label, type, options)
      values (${newId()}, ${workspaceId}, ${key}, ${label}, ${type}, ${owner.json([...list])})`;
  const stored = [await storeCampaign(owner, workspaceId), await storeCampaign(owner, workspaceId)];
  const campaigns = new Map(stored.map((campaign) => [campaign.id, campaign]));
  const advisors = [newId(), newId()];
  const people = randomPeople({ ...options, campaigns: [...campaigns.keys()], advisors });
  await storePeople(owner, workspaceId, people, campaigns);
  await suppress(owner, workspaceId, people, { channel: "email", address: "a@example.test" });
  await suppress(owner, workspaceId, people, { channel: "sms", address: "+919820041101" });
  const segments = new Map<string, Rule>();
  const addSegment = async (rule: Rule): Promise<string> => {
    const id = newId();
    await owner`insert into segments (id, workspace_id, name, rule) values (${id}, ${workspaceId}, ${id}, ${owner.json(rule as never)})`;
    segments.set(id, rule);
    return id;
  };
  const memory = { today, zone, segments, attributes };
  return { ctx: systemContext(workspaceId), people, memory, campaigns, advisors, addSegment };
}

/** Ids of the customers that a rule selects, by SQL as the application role. */
export function selected({ ctx }: Twin, rule: Rule, shape: "many" | "few"): Promise<string[]> {
  return withTransaction(ctx, async (tx) => {
    const condition = await ruleCondition(tx, ctx, rule, { shape });
    const rows = await tx.execute<{ id: string }>(
      sql`select c.id from customers c where ${living(ctx)} and ${condition} order by c.id`,
    );
    return rows.map(({ id }) => id);
  });
}

/** Ids of the people for whom it holds in memory. */
export const expected = ({ people, memory }: Twin, rule: Rule): string[] =>
  people
    .filter((person) => holds(rule, person, memory))
    .map(({ id }) => id)
    .sort();
