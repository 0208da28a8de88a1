/** The Postgres types that a parameter is sent as; a closed list, because the name stands in the statement's text. */
type ParamType =
  | "text"
  | "text[]"
  | "numeric"
  | "int"
  | "int[]"
  | "bigint"
  | "bigint[]"
  | "boolean"
  | "date"
  | "uuid"
  | "uuid[]";

type ParamValue = string | number | boolean | readonly string[] | readonly number[];

type Piece = { text: string } | { param: ParamValue; as: ParamType };

/**
 * A piece of SQL without a database client, so that operators can be read in the browser, too. Text comes only from
 * literals of this source; whatever a person or a customer wrote is a parameter.
 */
export type Fragment = { readonly pieces: readonly Piece[] };

/**
 * Writes SQL: only other fragments can be interpolated, so a value cannot get into the text by mistake.
 * `` q`${column} >= ${param(5, "int")}` ``
 */
export function q(text: TemplateStringsArray, ...parts: Fragment[]): Fragment {
  return {
    pieces: text.flatMap((words, index) => [{ text: words }, ...(parts[index]?.pieces ?? [])]),
  };
}

/** A value as a parameter with its type. */
export const param = (value: ParamValue, as: ParamType): Fragment => ({ pieces: [{ param: value, as }] });

/** A column of this source's own tables. @throws Error for anything that is not a plain name */
export function column(table: string, name: string): Fragment {
  if (!/^[a-z]{1,3}$/.test(table) || !/^[a-z_]{1,40}$/.test(name)) throw new Error("not a column");
  return { pieces: [{ text: `${table}.${name}` }] };
}

/** Parts with a connective between them; `empty` where there are none. */
export function joined(parts: readonly Fragment[], by: "and" | "or", empty: Fragment): Fragment {
  const [first, ...rest] = parts;
  if (!first) return empty;
  if (rest.length === 0) return first;
  const pieces = rest.flatMap(({ pieces: more }) => [{ text: by === "and" ? " and " : " or " }, ...more]);
  return { pieces: [{ text: "(" }, ...first.pieces, ...pieces, { text: ")" }] };
}

/** Parts with commas between them. */
export const commas = (parts: readonly Fragment[]): Fragment => ({
  pieces: parts.flatMap(({ pieces }, index) => (index === 0 ? pieces : [{ text: ", " }, ...pieces])),
});

/** The statement's text with numbered parameters, each cast to its type, and their values. */
export function numbered(fragment: Fragment, from = 1): { text: string; values: ParamValue[] } {
  const values: ParamValue[] = [];
  const text = fragment.pieces
    .map((piece) => ("text" in piece ? piece.text : `$${from - 1 + values.push(piece.param)}::${piece.as}`))
    .join("");
  return { text, values };
}
