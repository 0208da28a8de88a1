/** As much of JSON Schema as the document uses. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
};

export type Field = {
  /** Tells fields of one name apart, which two choices of a body may have. */
  key: string;
  path: string;
  depth: number;
  kind: string;
  needed: boolean;
};

/** So deep are fields listed; what lies below is in the document. */
const DEEPEST = 4;

/** The fields of a schema, each with where it stands and what it takes, in the order of the document. */
export function fieldsOf(schema: Schema, depth = 0, within = ""): Field[] {
  if (depth > DEEPEST) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    {
      key: `${within}.${name}`,
      path: name,
      depth,
      kind: kindOf(property),
      needed: schema.required?.includes(name) ?? false,
    },
    ...insideOf(property, depth + 1, `${within}.${name}`),
  ]);
  if (own.length > 0) return own;
  return choicesOf(schema).flatMap((choice, place) => {
    const key = `${within}|${place}`;
    const or = { key, path: "or", depth, kind: "", needed: false };
    return [...(place > 0 ? [or] : []), ...fieldsOf(choice, depth, key)];
  });
}

function insideOf(schema: Schema, depth: number, within: string): Field[] {
  return fieldsOf(schema.type === "array" && schema.items ? schema.items : schema, depth, within);
}

/** A value of several types is a choice between them. */
const allChoices = (schema: Schema): Schema[] | undefined =>
  Array.isArray(schema.type)
    ? schema.type.map((type) => ({ ...schema, type }))
    : (schema.anyOf ?? schema.oneOf);

const choicesOf = (schema: Schema): Schema[] =>
  (allChoices(schema) ?? []).filter(({ type }) => type !== "null");

/** "whole number, 1 to 100", "list of text", "one of draft, active or nothing". */
export function kindOf(schema: Schema): string {
  const choices = allChoices(schema);
  if (choices) {
    const kinds = [...new Set(choicesOf(schema).map(kindOf))];
    const nothing = choices.some(({ type }) => type === "null") ? " or null" : "";
    return `${kinds.join(" or ")}${nothing}`;
  }
  if (schema.enum) return `one of ${schema.enum.map(String).join(", ")}`;
  if (schema.const !== undefined) return String(schema.const);
  const usual = schema.default === undefined ? "" : `; ${wordsOf(schema.default)} unless said`;
  return `${plainKind(schema)}${usual}`;
}

const wordsOf = (value: unknown): string =>
  Array.isArray(value) && value.length === 0 ? "none" : value === "" ? "empty" : JSON.stringify(value);

function plainKind(schema: Schema): string {
  switch (schema.type) {
    case "string":
      return (
        formats[schema.format ?? ""] ??
        (schema.maxLength ? `text of at most ${schema.maxLength} signs` : "text")
      );
    case "integer":
    case "number":
      return `${schema.type === "integer" ? "whole number" : "number"}${rangeOf(schema)}`;
    case "boolean":
      return "true or false";
    case "array":
      return `list of ${kindOf(schema.items ?? {})}${schema.maxItems ? `, at most ${schema.maxItems} of them` : ""}`;
    case "object":
      return schema.properties ? "object" : "object of any names";
    case "null":
      return "null";
    default:
      return "any value";
  }
}

const formats: Record<string, string | undefined> = {
  uuid: "id",
  date: "day",
  "date-time": "instant",
  email: "e-mail address",
};

/** Zod writes the largest safe whole number where there is no limit. */
function rangeOf({ minimum, maximum }: Schema): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (least && most) return `, ${minimum} to ${maximum}`;
  if (least) return `, at least ${minimum}`;
  return most ? `, at most ${maximum}` : "";
}
