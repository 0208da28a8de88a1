import fc from "fast-check";

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Texts on which programs trip: signs, lengths, days that are none, other languages' code. */
export const oddTexts = [
  ...["", " ", "\u0000", "a\u0000b", "\ud800", "\udc00x", "𝒳", "\u202e", "\ufeff", "é\u0301", "\n", "\u2028"],
  ...["💥".repeat(50), "x".repeat(300), "x".repeat(20_000), "null", "NaN", "-1", "1e309", "0x10", "1_000"],
  ...["0000-00-00", "2026-02-30", "9999-12-31", "10000-01-01", "-000001-01-01", "0001-01-01", "2026-13-01"],
  ...[
    "275760-09-13T00:00:00Z",
    "-271821-04-20T00:00:00Z",
    "9999-12-31T23:59:59+14:00",
    "2026-11-27T10:00:00",
  ],
  ...["0001-01-01T00:00:00Z", "2026-11-27T24:00:00Z", "24:00", "Infinity", "infinity", "epoch", "now"],
  ...[
    "' or 1=1--",
    "\\",
    "%",
    "_%\\",
    "<script>alert(1)</script>",
    "{{customer_name",
    "{% for %}",
    "../../etc",
  ],
  ...[
    "00000000-0000-0000-0000-000000000000",
    "{",
    "1,2",
    "+91",
    "+919820012345,",
    "a@b",
    "a:b:c",
    "__proto__",
  ],
];

/** Values of the wrong kind or size. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddTexts) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      0,
      -0,
      -1,
      0.5,
      -0.001,
      1e21,
      1e308,
      5e-324,
      2 ** 31,
      2 ** 53 + 2,
      -(2 ** 63),
      1e10,
    ),
  },
  fc.constantFrom<unknown>(null, true, [], {}, [[]], [null], { a: 1 }),
  fc.constantFrom(deep(30), deep(150), Array(1_001).fill("x"), Array(120).fill({})),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Holder = Record<string, unknown>;

/** Every place in a value, as its holder and the key there. */
function places(value: unknown): [Holder, string][] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder)
    .slice(0, 50)
    .flatMap((key): [Holder, string][] => [[holder, key], ...places(holder[key])]);
}

/** What fits almost anywhere, at the end of a text that fits. */
export const poison = fc.constantFrom(
  "\u0000",
  "\ud800",
  "\udc00",
  "\u202e",
  "💥",
  " ",
  "'",
  "\n",
  "\\",
  "%",
);

const change = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom("replace", "replace", "replace", "spoil", "spoil", "leave out", "add"),
  poison,
  value: oddValue,
  key: fc.constantFrom("extra", "id", "__proto__", "constructor", "workspace_id", "", "a\u0000"),
});

/** The value with one to three places of it made odd. */
export const mutated = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.array(change, { minLength: 1, maxLength: 3 })).map(([original, changes]) => {
    const root: Holder = { body: structuredClone(original) };
    for (const { at, how, value, key, poison } of changes) {
      const odd = structuredClone(value);
      const all = places(root);
      const [holder, name] = all[at % all.length] ?? [root, "body"];
      if (how === "leave out" && holder !== root) delete holder[name];
      else if (how === "add" && !Array.isArray(holder) && holder !== root)
        Object.defineProperty(holder, key, {
          value: odd,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else if (how === "spoil" && typeof holder[name] === "string") holder[name] += poison;
      else holder[name] = odd;
    }
    return root.body;
  });

/** Bodies that are no JSON, or JSON at its edges. */
export const rawBody = fc.constantFrom<string | Uint8Array>(
  // Deeper than a program that follows it by calling itself can go.
  `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
  ...["", "{", "null", "[]", "{}", '"x"', "1e400", '{"a":1e400}', "[".repeat(50_000), "\ufeff{}", "{'a':1}"],
  ...['{"__proto__":{"x":1}}', '{"a":1,"a":2}', '{"a":"\\ud800"}', "undefined", "a=b&c=d", "\u0000"],
  new Uint8Array([0xff, 0xfe, 0x00, 0x7b]),
  new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
);
