import { Context, isTruthy, Liquid, Tokenizer, TokenKind, toValueSync, Value } from "liquidjs";
import { oneLine } from "./clean";
import { type Filter, filterOf } from "./filters";
import { attributeKeyOf, isTagName } from "./schemas";

/** One parser for all: only what stands in a scope itself can be read. Filters are ours (filters.ts), and refused there. */
const liquid = new Liquid({ ownPropertyOnly: true, strictFilters: false, strictVariables: false });

/** Longest inside of `{{…}}` or `{%…%}`, in characters. */
const LONGEST = 200;

/** What stands between the braces of `{{…}}`: a tag, what is said without it, and what is done with its value. */
export type Output = { name: string; fallback: string | null; filters: Filter[] };
/** A condition over the raw values of tags. */
export type Condition = { tags: string[]; holds: (scope: Record<string, unknown>) => boolean };
export type Read<T> = { ok: true; value: T } | { ok: false; message: string; tag: string };

/** A tag's name: ours, or a custom attribute that the workspace defined. */
export type Known = (name: string) => boolean;
export const knownTags =
  (attributeKeys: ReadonlySet<string>): Known =>
  (name) => {
    const key = attributeKeyOf(name);
    return key === null ? isTagName(name) : attributeKeys.has(key);
  };

const PLAIN =
  /^\s*(?<name>[A-Za-z_][\w.]*)\s*(?:\|\s*default:\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')\s*)?$/;

/** Reads `tag`, `tag | default: "…"` or a tag with other filters. Liquid is asked only for the last. */
export function readOutput(source: string, known: Known): Read<Output> {
  const plain = PLAIN.exec(source);
  if (!plain?.groups) return readFiltered(source, known);
  const { name = "", double, single } = plain.groups;
  const written = double ?? single;
  return checked({ name, fallback: written === undefined ? null : oneLine(written), filters: [] }, known);
}

function readFiltered(source: string, known: Known): Read<Output> {
  const shown = oneLine(source);
  const refuse = (message: string): Read<Output> => ({ ok: false, message, tag: shown });
  const unreadable = `{{${shown}}} cannot be read. Write {{customer_name}} or {{customer_name | default: "there"}}.`;
  if (source.length > LONGEST) return refuse(`{{${shown.slice(0, 30)}…}} is too long.`);
  try {
    const value = readValue(source);
    const [only, ...others] = value.initial.postfix;
    const name = only && propertyName(only);
    if (!name || others.length > 0) return refuse(unreadable);
    const output: Output = { name, fallback: null, filters: [] };
    for (const { name: filter, args } of value.filters) {
      const read = filterOf(filter, args.map(literal));
      if (typeof read === "string") return refuse(`{{${shown}}}: ${read}`);
      if (read.name === "default") output.fallback = read.words;
      else output.filters.push(read.filter);
    }
    return checked(output, known);
  } catch {
    return refuse(unreadable);
  }
}

function checked(output: Output, known: Known): Read<Output> {
  const { name, fallback } = output;
  if (!known(name)) return { ok: false, message: noSuchTag(name), tag: name };
  if (fallback === "")
    return {
      ok: false,
      message: `The fallback of {{${name}}} is empty. Write what to say instead.`,
      tag: name,
    };
  return { ok: true, value: output };
}

const noSuchTag = (name: string): string =>
  attributeKeyOf(name) === null
    ? `There is no tag {{${name}}}. Choose one from the list.`
    : `There is no attribute “${attributeKeyOf(name)}” in this workspace. An administrator defines it under Settings.`;

/** Reads the condition of an `if`: tags, texts and numbers, compared and joined; no filters. */
export function readCondition(source: string, known: Known): Read<Condition> {
  const shown = oneLine(source);
  const refuse = (message: string): Read<Condition> => ({ ok: false, message, tag: shown });
  const unreadable = `“${shown}” is no condition. Write {% if tier == "Gold" %} or {% if city %}.`;
  if (source.length > LONGEST) return refuse(`“${shown.slice(0, 30)}…” is too long for a condition.`);
  try {
    const value = readValue(source);
    if (value.filters.length > 0) return refuse("A condition takes no filters.");
    const tags: string[] = [];
    let depth = 0;
    for (const token of value.initial.postfix) {
      if (token.kind === TokenKind.Operator) depth -= token.getText() === "not" ? 0 : 1;
      else depth += 1;
      if (token.kind === TokenKind.Range || depth < 1) return refuse(unreadable);
      if (token.kind !== TokenKind.PropertyAccess) continue;
      const name = propertyName(token);
      if (!name || !known(name)) return refuse(noSuchTag(name ?? token.getText()));
      tags.push(name);
    }
    if (depth !== 1) return refuse(unreadable);
    const holds = (scope: Record<string, unknown>): boolean => {
      const context = new Context(scope, liquid.options, { sync: true });
      return isTruthy(toValueSync(value.value(context, true)), context);
    };
    return { ok: true, value: { tags, holds } };
  } catch {
    return refuse(unreadable);
  }
}

const WHEN = /"[^"]*"|'[^']*'|-?\d+(?:\.\d+)?/g;

/** `case tier` with `when "Gold", "Silver"`, as the source of a condition; null when the values cannot be read. */
export function whenCondition(subject: string, values: string): string | null {
  const found = values.match(WHEN) ?? [];
  const between = values
    .replace(WHEN, "")
    .replace(/\bor\b/g, ",")
    .replace(/[\s,]/g, "");
  return found.length === 0 || between !== ""
    ? null
    : found.map((each) => `${subject} == ${each}`).join(" or ");
}

type Token = Value["initial"]["postfix"][number];

function readValue(source: string): Value {
  const tokenizer = new Tokenizer(source, liquid.options.operators);
  const value = new Value(tokenizer.readFilteredValue(), liquid);
  if (source.slice(tokenizer.p).trim() !== "") throw new Error("there is more than a value");
  return value;
}

/** `a.b` as it is written; null for brackets and everything else. */
function propertyName(token: Token): string | null {
  const text = token.getText();
  return token.kind === TokenKind.PropertyAccess && /^[A-Za-z_][\w]*(\.[A-Za-z_]\w*)?$/.test(text)
    ? text
    : null;
}

/** A literal argument of a filter; undefined for anything else. */
function literal(argument: unknown): string | number | undefined {
  if (typeof argument !== "object" || argument === null || !("kind" in argument)) return undefined;
  const { kind, content } = argument as { kind: TokenKind; content: unknown };
  if (kind === TokenKind.Quoted || kind === TokenKind.Number)
    return typeof content === "string" || typeof content === "number" ? content : undefined;
  return undefined;
}
