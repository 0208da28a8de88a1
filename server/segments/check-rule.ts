import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { loadNames } from "./load-names";
import { problemsOf } from "./rule/check";
import { conditionsOf, type Rule, segmentsIn } from "./rule/model";

/** Most conditions of a rule together with the rules of the segments that it uses. */
const MOST_TOGETHER = 500;

/**
 * Refuses a rule that cannot be used. `details` names the first thing to mend: `path` ("0.2") and `at`, the part of the
 * condition. @throws AppError BAD_INPUT
 */
export async function requireUsableRule(tx: Transaction, ctx: Context, rule: Rule): Promise<void> {
  const [problem] = problemsOf(rule, await loadNames(tx, ctx, [rule]));
  if (!problem) return;
  const { path, at, message } = problem;
  throw new AppError("BAD_INPUT", message, { field: "rule", path: path.join("."), at });
}

/**
 * Refuses a rule by which a segment would be defined through itself, or one that grows too large through the segments that
 * it uses. Call it under `lockRules`: what it sees must still stand when the rule is written. @throws AppError BAD_INPUT
 */
export async function refuseCircle(
  tx: Transaction,
  ctx: Context,
  { id, rule }: { id: string; rule: Rule },
): Promise<void> {
  const rows = await tx.execute<{ id: string; name: string; rule: Rule }>(sql`
    select id, name, rule from segments where workspace_id = ${ctx.workspaceId} and deleted_at is null`);
  const rules = new Map(rows.map((row) => [row.id, row.rule]));
  rules.set(id, rule);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  for (const used of segmentsIn(rule))
    if (used === id || reaches(rules, used, id))
      throw new AppError(
        "BAD_INPUT",
        used === id
          ? "A segment cannot be used in its own rule. Choose another one."
          : `“${names.get(used) ?? "This segment"}” uses this segment itself, so it cannot be used here. Choose another one.`,
        { field: "rule", at: "segment", segment: used },
      );
  // What uses this one grows with it.
  const sizes = new Map<string, number>();
  for (const each of rules.keys())
    if ((each === id || reaches(rules, each, id)) && sizeOf(rules, each, sizes) > MOST_TOGETHER)
      throw new AppError(
        "BAD_INPUT",
        `Together with the segments that it uses, the rule of “${names.get(each) ?? "this segment"}” would have more than ${MOST_TOGETHER} conditions. Make it simpler.`,
        { field: "rule", at: "group" },
      );
}

type Rules = ReadonlyMap<string, Rule>;

/** Whether a segment's rule leads to another one, directly or through others. */
function reaches(rules: Rules, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const rule = rules.get(at);
    if (!rule || seen.has(at)) continue;
    seen.add(at);
    for (const next of segmentsIn(rule)) {
      if (next === to) return true;
      open.push(next);
    }
  }
  return false;
}

function sizeOf(rules: Rules, id: string, known: Map<string, number>): number {
  const found = known.get(id);
  if (found !== undefined) return found;
  const rule = rules.get(id);
  const size = (rule ? conditionsOf(rule) : []).reduce(
    (sum, one) => sum + (one.on === "segment" ? sizeOf(rules, one.segment, known) : 1),
    0,
  );
  known.set(id, size);
  return size;
}
