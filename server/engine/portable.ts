import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { checkExpression } from "./cel";

const portable = new Set([
  "value",
  "id",
  ".",
  "[]",
  "list",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&&",
  "||",
  "!_",
  "-_",
  "in",
]);

function foreign(node: ASTNode): string | null {
  const { op, args } = node;
  if (op === "call") return args[0] === "has" ? null : args[0];
  if (!portable.has(op)) return op;
  const parts = (Array.isArray(args) ? args : [args]) as unknown[];
  for (const part of parts) {
    const found = typeof part === "object" && part !== null && "op" in part ? foreign(part as ASTNode) : null;
    if (found) return found;
  }
  return null;
}

/**
 * Null when an expression means the same on the embedded engine and on Inngest: fields, literals, comparisons, && || !
 * and in; `has` only where `mayHave` (triggers, waits and cancellations, not keys). Otherwise why not, as a sentence.
 */
export function isPortable(source: string, mayHave: boolean): string | null {
  try {
    checkExpression(source);
    const { ast } = parse(source);
    const operator = foreign(ast);
    if (operator)
      return `The expression "${source}" uses "${operator}", which is outside the portable subset.`;
    if (!mayHave && /\bhas\(/.test(source))
      return `The expression "${source}" uses "has", which belongs in triggers only.`;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : `The expression "${source}" cannot be read.`;
  }
}
