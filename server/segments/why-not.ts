import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { asSql } from "./compile";
import { loadNames } from "./load-names";
import { loadWorld } from "./load-world";
import { kindOf } from "./rule/kinds";
import { type Condition, isGroup, type Rule, type RuleNode } from "./rule/model";
import { compiled } from "./rule-condition";

/**
 * Why a customer is not among those whom segments include and exclude: the segment and the condition of it that decides, as
 * things stand now. Null when the customer is among them. @throws AppError CONFLICT when a segment is gone
 */
export async function whyNotInSegments(
  tx: Transaction,
  ctx: Context,
  {
    include,
    exclude,
    customerId,
  }: { include: readonly string[]; exclude: readonly string[]; customerId: string },
): Promise<string | null> {
  const named = (segment: string): Condition => ({ on: "segment", segment, in: true });
  const rule: Rule = { match: "all", of: [...include, ...exclude].map(named) };
  const among = sql`customers.id = ${customerId}`;
  const world = await loadWorld(tx, ctx, { rules: [rule], shape: "few", among });
  const names = await loadNames(tx, ctx, [rule, ...world.segments.values()]);
  const nameOf = (id: string) => `“${names.segments.get(id) ?? "…"}”`;

  /** Whether each node holds for the customer, in one statement. */
  const holds = async (nodes: readonly RuleNode[]): Promise<boolean[]> => {
    if (nodes.length === 0) return [];
    const asked = nodes.map((node) =>
      asSql(compiled(isGroup(node) ? node : { match: "all", of: [node] }, world)),
    );
    const answers = sql.join(
      asked.map((condition) => sql`coalesce((${condition}), false)`),
      sql`, `,
    );
    const [row] = await tx.execute<{ answers: boolean[] }>(
      sql`select array[${answers}] as answers from customers c where c.workspace_id = ${ctx.workspaceId} and c.id = ${customerId}`,
    );
    return row?.answers ?? nodes.map(() => false);
  };

  /** The condition by which a rule that does not hold leaves the customer out. */
  const decider = async (node: RuleNode, wanted: boolean): Promise<string> => {
    if (!isGroup(node)) return condition(node, wanted);
    const answers = await holds(node.of);
    const each = node.match === "none" ? !wanted : wanted;
    const conjunction = (node.match === "any") !== wanted;
    if (conjunction) {
      const failing = node.of[answers.findIndex((answer) => answer !== each)];
      return failing ? decider(failing, each) : "nothing";
    }
    const told = await Promise.all(node.of.map((child) => decider(child, each)));
    return told.length === 1 ? (told[0] ?? "") : `at least one of these: ${told.join("; ")}`;
  };

  const condition = async (one: Condition, wanted: boolean): Promise<string> => {
    const used = one.on === "segment" ? world.segments.get(one.segment) : undefined;
    if (one.on !== "segment" || !used)
      return `${wanted ? "customers" : "no customers"} ${kindOf(one).explain(one, names)}`;
    if (one.in !== wanted) return `nobody who is in ${nameOf(one.segment)}`;
    return `customers in ${nameOf(one.segment)}, which takes ${await decider(used, true)}`;
  };

  const answers = await holds(rule.of);
  const excludedBy = exclude.find((_, index) => answers[include.length + index]);
  if (excludedBy)
    return `The campaign leaves out everybody in ${nameOf(excludedBy)}, and this customer is in it.`;
  if (include.some((_, index) => answers[index])) return null;
  const reasons: string[] = [];
  for (const id of include) {
    const used = world.segments.get(id);
    if (used) reasons.push(`${nameOf(id)} takes ${await decider(used, true)}.`);
  }
  const fits = reasons.length === 1 ? "the campaign's segment" : "none of the campaign's segments";
  return `The customer ${reasons.length === 1 ? "does not fit" : "fits"} ${fits}. ${reasons.join(" ")}`;
}
