import fc from "fast-check";
import { fitting, knownId, type Schema } from "./arbitrary-value";
import { mutated, oddTexts, oddValue, poison, rawBody } from "./odd-values";

type Parameter = { name: string; in: "path" | "query" | "header"; schema: Schema };

/** An operation as the OpenAPI document describes it. */
export type Described = {
  parameters: Parameter[];
  requestBody?: { required: boolean; content: { "application/json": { schema: Schema; example?: unknown } } };
};

/** A request before it is sent; `@id:n` and `@cursor:n` in it stand for what the server answered before. */
export type Fuzzed = {
  path: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  body: { json: unknown } | { raw: string | Uint8Array } | null;
  caller: number;
};

const pathId = fc.oneof(
  { weight: 12, arbitrary: knownId },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constant("@foreign") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        "nothing",
        "%00",
        "%ff",
        "%E0%A4%A",
        "a%2Fb",
        "%27",
        "0",
        "-1",
        "null",
        "x".repeat(3_000),
        "%F0%9F%92%A5",
      ],
      "00000000-0000-0000-0000-000000000000",
    ),
  },
);

const cursor = fc.oneof(
  fc.nat(30).map((nth) => `@cursor:${nth}`),
  fc.constantFrom("bnVsbA", "W10", "e30", "WzEsMl0", "WyJhIiwiYiJd", "1_x", "9".repeat(30), "2026-99-99"),
  fc.constantFrom(...oddTexts).map((text) => Buffer.from(JSON.stringify([text, text])).toString("base64url")),
);

const oneQuery = ({ name, schema }: Parameter): fc.Arbitrary<[string, string][]> => {
  const usual = name === "cursor" ? cursor : fitting(schema);
  const value = fc.oneof(
    { weight: 5, arbitrary: usual },
    { weight: 1, arbitrary: oddValue },
    { weight: 1, arbitrary: fc.tuple(usual, poison).map(([fits, more]) => `${fits}${more}`) },
  );
  return fc.array(value, { minLength: 1, maxLength: 2 }).map((values) =>
    // Mostly once: a name that stands there twice is a list.
    (values.length === 2 && String(values[1]).length % 3 === 0 ? values : values.slice(0, 1)).map(
      (each): [string, string] => [name, asText(each).slice(0, 3_000)],
    ),
  );
};

const asText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

function queryOf(parameters: Parameter[]): fc.Arbitrary<[string, string][]> {
  const named = parameters.filter((each) => each.in === "query");
  const sure = named.map(oneQuery);
  const extra = fc.oneof(
    { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<[string, string][]>([["x", "1"]], [["limit", "0"]], [["__proto__", "1"]]),
    },
  );
  return fc
    .tuple(fc.array(fc.nat(), { maxLength: 3 }), fc.tuple(...sure), extra)
    .map(([chosen, values, more]) => {
      const wanted = new Set(chosen.map((nth) => (named.length === 0 ? -1 : nth % named.length)));
      return [...values.flatMap((each, nth) => (wanted.has(nth) ? each : [])), ...more];
    });
}

/** Latin-1, as a header may be on the wire. */
const oddHeader = fc.constantFrom("", " ", "é", "\u00ff", "x".repeat(250), "0", "null", "'", '"', "a,b", "*");
const headersOf = (hasBody: boolean): fc.Arbitrary<Record<string, string>> => {
  const type = fc.oneof(
    { weight: 20, arbitrary: fc.constant("application/json") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...["text/plain", "application/json; charset=utf-16", "APPLICATION/JSON", "application/json;;", "x"],
        ...["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/ld+json"],
      ),
    },
  );
  const seldom = (arbitrary: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const record = fc.record({
    "content-type": hasBody ? type : fc.constant(undefined),
    "if-match": seldom(fc.oneof(fc.constantFrom("*", '"1"', 'W/"1"', '"x"', '""', "1"), oddHeader)),
    "idempotency-key": seldom(fc.oneof(fc.constantFrom("k-1", "k-2", "k-3"), oddHeader)),
    "x-forwarded-for": seldom(
      fc.oneof(fc.constantFrom("1.1.1.1, ::1", "::ffff:1.2.3.4", "garbage"), oddHeader),
    ),
    "user-agent": seldom(oddHeader),
    "accept-language": seldom(oddHeader),
    authorization: seldom(
      fc.constantFrom("Bearer", "Bearer x", "Basic eDp4", "Bearer rba_x", "Bearer rb_x", "bearer  rb_é", ""),
    ),
  });
  return record.map((all) =>
    Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  );
};

function bodyOf({ requestBody }: Described): fc.Arbitrary<Fuzzed["body"]> {
  if (!requestBody) return fc.constant(null);
  const { schema, example } = requestBody.content["application/json"];
  const fits = fitting(schema);
  const sound = example === undefined ? fits : fc.oneof(fc.constant(example), fits);
  const json = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((value) => ({ json: value }));
  return fc.oneof(
    { weight: 8, arbitrary: json(sound) },
    { weight: 8, arbitrary: json(mutated(sound)) },
    { weight: 1, arbitrary: json(oddValue) },
    { weight: 1, arbitrary: rawBody.map((raw) => ({ raw })) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** Requests to an operation: such as the document asks for, and such as it does not. */
export function requestTo(described: Described): fc.Arbitrary<Fuzzed> {
  const names = described.parameters.filter((each) => each.in === "path").map(({ name }) => name);
  return fc.record({
    path: fc.record(Object.fromEntries(names.map((name) => [name, pathId]))),
    query: queryOf(described.parameters),
    headers: headersOf(described.requestBody !== undefined),
    body: bodyOf(described),
    caller: fc.nat(99),
  });
}
