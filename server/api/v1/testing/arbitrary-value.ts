import fc from "fast-check";

/** A JSON Schema, as far as the OpenAPI document uses them. */
export type Schema = {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
};

/** Stands for an id of a row that there is, until the request is sent: which one is known only then. */
export const knownId = fc.nat(30).map((nth) => `@id:${nth}`);

const instants = ["2026-11-27T10:00:00+05:30", "2027-03-01T05:00:00Z", "1970-01-01T00:00:00Z"];
const formats: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.oneof({ weight: 4, arbitrary: knownId }, fc.uuid()),
  date: fc.constantFrom("2026-12-31", "1990-02-28", "2027-04-01"),
  "date-time": fc.constantFrom(...instants),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
};

const objects = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties } = schema;
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fitting(value, depth + 1)])),
    { requiredKeys: required.filter((key) => key in properties) },
  );
  if (typeof additionalProperties !== "object") return known;
  const more = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }),
    fitting(additionalProperties, depth + 1),
    {
      maxKeys: 3,
    },
  );
  return fc.tuple(known, more).map(([one, other]) => ({ ...other, ...one }));
};

const texts = ({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> => {
  const special = format === undefined ? undefined : formats[format];
  if (special) return special;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: "grapheme" });
};

const numbers = (schema: Schema, whole: boolean): fc.Arbitrary<number> => {
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1_000 : schema.exclusiveMinimum + 1);
  const max = Math.max(min, Math.min(schema.maximum ?? 1e9, 1e9));
  return whole
    ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    : fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
};

/** Values that fit a schema; what the schema cannot say (one field needs another) they may well miss. */
export function fitting(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((each) => fitting(each, depth)));
  if (schema.allOf) return fc.tuple(...schema.allOf.map((each) => fitting(each, depth))).map(merged);
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 });
  return fc.oneof(...types.map((type) => typed(type, schema, depth)));
}

function typed(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (type === "object") return objects(schema, depth);
  if (type === "array") {
    const { items = {}, minItems = 0, maxItems = 4 } = schema;
    return fc.array(fitting(items, depth + 1), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 4)),
    });
  }
  if (type === "string") return texts(schema);
  if (type === "integer" || type === "number") return numbers(schema, type === "integer");
  return type === "boolean" ? fc.boolean() : fc.constant(null);
}

const merged = (parts: unknown[]): unknown =>
  parts.every((part) => typeof part === "object" && part !== null) ? Object.assign({}, ...parts) : parts[0];
