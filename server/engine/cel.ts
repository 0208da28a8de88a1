import { createHash } from "node:crypto";
import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { canonical } from "./canonical";

/** What an expression can read: the run's own event, and for waits and cancellations the event that arrives. */
export type Scope = { event?: unknown; async?: unknown };

/** An expression outside the supported part of CEL; the message is a sentence for the person who wrote it. */
export class ExpressionError extends Error {}

const compiled = new Map<string, ASTNode>();
const binary = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "+", "-", "*", "/", "%"]);

function parts(node: ASTNode, refuse: (what: string) => never): ASTNode[] {
  const { op, args } = node;
  if (op === "value") return [];
  if (op === "id") return args === "event" || args === "async" ? [] : refuse(`the name "${args}"`);
  if (op === ".") return [args[0]];
  if (op === "call") {
    const [name, [target, ...more]] = args;
    return name === "has" && target?.op === "." && more.length === 0
      ? [target]
      : refuse(`the function "${name}"`);
  }
  if (op === "list") return args;
  if (op === "!_" || op === "-_") return [args];
  if (op === "[]" || op === "?:" || binary.has(op)) return args as ASTNode[];
  return refuse(op === "rcall" ? `the function "${args[0]}"` : `the operator "${op}"`);
}

function check(node: ASTNode, source: string): void {
  const refuse = (what: string): never => {
    throw new ExpressionError(
      `The expression "${source}" uses ${what}, which this engine does not evaluate.`,
    );
  };
  for (const part of parts(node, refuse)) check(part, source);
}

function parsed(source: string): ASTNode {
  let node = compiled.get(source);
  if (!node) {
    try {
      node = parse(source).ast;
    } catch (error) {
      const reason = error instanceof Error ? error.message.split("\n")[0] : "it cannot be read";
      throw new ExpressionError(`The expression "${source}" is not valid: ${reason}`);
    }
    check(node, source);
    if (compiled.size > 5000) compiled.clear();
    compiled.set(source, node);
  }
  return node;
}

/** Throws an ExpressionError with a sentence when `source` is not in the supported part of CEL. */
export function checkExpression(source: string): void {
  parsed(source);
}

function member(target: unknown, key: unknown): unknown {
  if (typeof target !== "object" || target === null) return null;
  if (Array.isArray(target)) return typeof key === "number" ? (target[key] ?? null) : null;
  return Object.hasOwn(target, String(key))
    ? ((target as Record<string, unknown>)[String(key)] ?? null)
    : null;
}

const equal = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && canonical(a) === canonical(b));

function order(a: unknown, b: unknown): number | null {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return null;
}

function compare(op: string, a: unknown, b: unknown): boolean {
  const sign = order(a, b);
  if (sign === null) return false;
  if (op === "<") return sign < 0;
  if (op === "<=") return sign <= 0;
  return op === ">" ? sign > 0 : sign >= 0;
}

function arithmetic(op: string, a: unknown, b: unknown): unknown {
  if (op === "+" && (typeof a === "string" || typeof b === "string")) return `${a ?? ""}${b ?? ""}`;
  if (typeof a !== "number" || typeof b !== "number") return null;
  if (op === "+") return a + b;
  if (op === "-") return a - b;
  if (op === "*") return a * b;
  if (b === 0) return null;
  return op === "/" ? (Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b) : a % b;
}

/** A missing field is null, comparisons between different kinds are false: lenient, as Inngest evaluates. */
function run(node: ASTNode, scope: Scope): unknown {
  const { op, args } = node;
  if (op === "value") return typeof args === "bigint" ? Number(args) : args;
  if (op === "id") return (args === "event" ? scope.event : scope.async) ?? null;
  if (op === ".") return member(run(args[0], scope), args[1]);
  if (op === "[]") return member(run(args[0], scope), run(args[1], scope));
  if (op === "list") return args.map((item) => run(item, scope));
  if (op === "!_") return run(args, scope) !== true;
  if (op === "-_") return arithmetic("-", 0, run(args, scope));
  if (op === "?:") return run(args[0], scope) === true ? run(args[1], scope) : run(args[2], scope);
  if (op === "&&") return run(args[0], scope) === true && run(args[1], scope) === true;
  if (op === "||") return run(args[0], scope) === true || run(args[1], scope) === true;
  if (op === "call") return args[1][0] !== undefined && run(args[1][0], scope) !== null;
  const [left, right] = (args as ASTNode[]).map((item) => run(item, scope));
  if (op === "==") return equal(left, right);
  if (op === "!=") return !equal(left, right);
  if (op === "in") {
    if (Array.isArray(right)) return right.some((item) => equal(left, item));
    return typeof right === "object" && right !== null && Object.hasOwn(right, String(left));
  }
  return ["<", "<=", ">", ">="].includes(op) ? compare(op, left, right) : arithmetic(op, left, right);
}

/** The value of a checked expression. */
export function evaluate(source: string, scope: Scope): unknown {
  return run(parsed(source), scope);
}

/** True when the expression is absent or true. */
export function holds(source: string | null | undefined, scope: Scope): boolean {
  return !source || evaluate(source, scope) === true;
}

/** A value as a key: its text for strings, canonical JSON otherwise; hashed when long or nothing that Postgres stores. */
export function keyText(value: unknown): string {
  const text = typeof value === "string" ? value : canonical(value ?? null);
  return text.length <= 200 && !text.includes("\0") ? text : createHash("sha256").update(text).digest("hex");
}

/** The value at a dotted path of an event, null when missing. */
function atPath(event: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(member, event);
}

function asyncPath(node: ASTNode): string | null {
  if (node.op !== ".") return null;
  const [target, key] = node.args;
  if (target.op === "id") return target.args === "async" ? key : null;
  const above = asyncPath(target);
  return above === null ? null : `${above}.${key}`;
}

function readsAsync(node: ASTNode): boolean {
  return /\basync\b/.test(node.input.slice(node.range.start, node.range.end));
}

const conjuncts = (node: ASTNode): ASTNode[] =>
  node.op === "&&" ? node.args.flatMap((item) => conjuncts(item)) : [node];

/**
 * How a wait is found without evaluating every waiting run: the first `async.path == value` of the expression with
 * the value taken from the run's event, and the expression itself when more than that has to be true.
 */
export function waitIndex(
  source: string | null,
  event: unknown,
): { path: string; value: string; rest: string | null } {
  if (!source) return { path: "", value: "", rest: null };
  const parts = conjuncts(parsed(source));
  for (const part of parts) {
    if (part.op !== "==") continue;
    for (const [side, other] of [part.args, [part.args[1], part.args[0]] as const]) {
      const path = asyncPath(side);
      if (path === null || readsAsync(other)) continue;
      const value = JSON.stringify(keyText(run(other, { event }))) + typeof run(other, { event });
      return { path, value, rest: parts.length > 1 ? source : null };
    }
  }
  return { path: "", value: "", rest: source };
}

/** The index value of an arriving event at `path`, equal to `waitIndex().value` when the two are equal. */
export function waitValue(event: unknown, path: string): string {
  const value = atPath(event, path);
  return JSON.stringify(keyText(value)) + typeof value;
}
