import { kindOf } from "./rule/kinds";
import { type Group, isGroup, type Rule, type RuleNode } from "./rule/model";
import type { Names } from "./rule/world";

/** A rule read back as one sentence: "Customers whose tier is gold, except those who …" */
export function sentenceOf(rule: Rule, names: Names): string {
  if (rule.of.length === 0) return "All customers.";
  if (rule.match === "none") return `All customers except those ${choice(rule.of, names)}.`;
  return `Customers ${rule.match === "any" ? choice(rule.of, names) : together(rule.of, names)}.`;
}

function phrase(node: RuleNode, names: Names): string {
  if (!isGroup(node)) return kindOf(node).explain(node, names);
  const words = groupWords(node, names);
  return node.of.length > 1 ? `(${words})` : words;
}

function groupWords({ match, of }: Group, names: Names): string {
  if (match === "none") return `who are not those ${choice(of, names)}`;
  return match === "all" ? together(of, names) : choice(of, names);
}

/** What holds, then what must not: "whose tier is gold and who …, except those who …" */
function together(nodes: readonly RuleNode[], names: Names): string {
  const isNone = (node: RuleNode): node is Group =>
    isGroup(node) && node.match === "none" && node.of.length > 0;
  const positive = nodes.filter((node) => !isNone(node)).map((node) => phrase(node, names));
  const except = nodes.filter(isNone).map((node) => choice(node.of, names));
  const words = series(positive, "and") || "of any kind";
  return except.length === 0 ? words : `${words}, except those ${series(except, "or")}`;
}

const choice = (nodes: readonly RuleNode[], names: Names): string =>
  series(
    nodes.map((node) => phrase(node, names)),
    "or",
  );

/** Phrases are long, so that each connective is said. */
const series = (phrases: readonly string[], by: "and" | "or"): string => phrases.join(` ${by} `);
