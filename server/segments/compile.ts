import { type SQL, sql } from "drizzle-orm";
import { type Fragment, joined, q } from "./rule/fragment";
import { kinds } from "./rule/kinds";
import { type Condition, type Group, isGroup, type Rule, type RuleNode } from "./rule/model";
import type { World } from "./rule/world";

/**
 * A checked rule as a condition over `customers c`. Every value is a parameter. Negation is carried down to the
 * conditions, where "never did" becomes an anti-join; null counts as false.
 * @throws Error for a rule that was not checked, or that names a segment which names it back
 */
export function compileRule(rule: Rule, world: World): Fragment {
  return node(rule, { world, negated: false, trail: [] });
}

type Place = { world: World; negated: boolean; trail: readonly string[] };

function node(one: RuleNode, place: Place): Fragment {
  return isGroup(one) ? group(one, place) : condition(one, place);
}

/** By De Morgan: "none of" is "all" of the opposites, and the opposite of "all" is "any" of the opposites. */
function group({ match, of }: Group, place: Place): Fragment {
  const inner = match === "none" ? !place.negated : place.negated;
  const parts = of.map((child) => node(child, { ...place, negated: inner }));
  const conjunction = (match === "any") === place.negated;
  return conjunction ? joined(parts, "and", q`true`) : joined(parts, "or", q`false`);
}

function condition(one: Condition, place: Place): Fragment {
  const { world, negated, trail } = place;
  switch (one.on) {
    case "segment": {
      const rule = world.segments.get(one.segment);
      if (!rule || trail.includes(one.segment)) throw new Error("a segment is missing, or names itself");
      return node(rule, { world, negated: one.in === negated, trail: [...trail, one.segment] });
    }
    case "customer":
      return kinds.customer.toSql(one, world, negated);
    case "policy":
    case "payment":
      return kinds[one.on].toSql(one as never, world, negated);
    case "event":
      return kinds.event.toSql(one, world, negated);
    case "campaign":
      return kinds.campaign.toSql(one, world, negated);
    case "consent":
      return kinds.consent.toSql(one, world, negated);
    case "reach":
      return kinds.reach.toSql(one, world, negated);
  }
}

/** The name under which the statement around a condition has its customers. */
export type Over = "c" | "customers";

/**
 * A fragment for Drizzle: text as it stands in this source, each value a parameter with its type. Fragments call the
 * customer `c`; where the statement says `customers`, they do.
 */
export function asSql(fragment: Fragment, over: Over = "c"): SQL {
  const named = (text: string): string => (over === "c" ? text : text.replaceAll(/\bc\./g, `${over}.`));
  const pieces = fragment.pieces.map((piece) =>
    "text" in piece ? sql.raw(named(piece.text)) : sql`${sql.param(piece.param)}::${sql.raw(piece.as)}`,
  );
  return sql.join(pieces);
}
