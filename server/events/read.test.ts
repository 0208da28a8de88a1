import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents, readPlain } from "./read";
import { eventInput } from "./schemas";

const long = (length: number) => "x".repeat(length);
const odd = fc.constantFrom<unknown>(null, 7, true, [], {}, "", " ");
/** Mostly what a sender writes, sometimes what nobody should. */
const mostly = (good: fc.Arbitrary<unknown>, bad: fc.Arbitrary<unknown> = odd): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: good, weight: 9 }, { arbitrary: bad, weight: 1 });
const key = mostly(
  fc.constantFrom("a", "A1", "x@y.in", "98765 43210", long(40)),
  fc.oneof(odd, fc.constantFrom(" a", "a ", ...[41, 64, 65, 128, 129, 200, 201, 254, 255].map(long))),
);
const customer = fc.oneof(
  { arbitrary: fc.record({ external_id: key }, { noNullPrototype: true }), weight: 4 },
  {
    arbitrary: fc.record(
      { id: key, external_id: key, phone: key, email: key, name: key },
      { requiredKeys: [], noNullPrototype: true },
    ),
    weight: 4,
  },
  { arbitrary: fc.record({ phone: key, other: odd }, { noNullPrototype: true }), weight: 1 },
);
const value = mostly(
  fc.constantFrom<unknown>("term", long(1_000), 12, 0.5, true, null, "12"),
  fc.constantFrom<unknown>(long(1_001), Number.POSITIVE_INFINITY, [], {}, ["a"]),
);
const propertyName = mostly(
  fc.constantFrom("product", "amount", "sum_assured", "page", "currency", "constructor", "a1"),
  fc.constantFrom("A", "1a", "a-b", "", "__proto__"),
) as fc.Arbitrary<string>;
const few = fc
  .array(fc.tuple(propertyName, value), { maxLength: 3 })
  .map(
    (entries) => `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join()}}`,
  )
  .map((json) => JSON.parse(json));
const many = fc
  .integer({ min: 49, max: 52 })
  .map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n])));
const fields = {
  id: key,
  name: mostly(
    fc.constantFrom("inquiry", "payment_failed", "quote_requested", "custom.thing", long(80)),
    fc.oneof(odd, fc.constantFrom(" inquiry", "Inquiry", long(81))),
  ),
  customer: mostly(customer),
  properties: mostly(few, fc.oneof(odd, many)),
  occurred_at: mostly(
    fc.constantFrom("2026-03-01T10:00:00+05:30", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00.123456Z"),
    fc.oneof(odd, fc.constantFrom("2026-03-01T10:00Z", "2026-02-30T10:00:00Z", "2026-03-01T10:00:00")),
  ),
};
const options = { requiredKeys: ["name", "customer"] as ("name" | "customer")[], noNullPrototype: true };
const row = mostly(fc.record(fields, options), fc.record({ ...fields, other: odd }, options));

test("a row that is read without the schema is what the schema makes of it", () => {
  let plain = 0;
  fc.assert(
    fc.property(row, (given) => {
      const read = readPlain(given);
      if (read === null) return;
      plain++;
      expect(read).toEqual(eventInput.parse(given));
    }),
    { numRuns: 5_000 },
  );
  expect(plain).toBeGreaterThan(1_000);
});

test("an ordinary event needs no schema", () => {
  const event = {
    id: "crm-1",
    name: "payment_failed",
    customer: { external_id: "C1" },
    properties: { amount: 1_200.5, currency: "INR", again: true, note: null },
    occurred_at: "2026-03-01T10:00:00+05:30",
  };
  expect(readPlain(event)).toEqual(event);
  const { id: _, occurred_at: __, properties: ___, ...least } = event;
  expect(readPlain(least)).toEqual({ ...least, properties: {} });
});

test("rows keep their places, whichever way they are read", () => {
  const good = { name: "inquiry", customer: { external_id: "C1" } };
  const { outcomes, drafts } = readEvents([
    good,
    { ...good, name: "Bad Name" },
    { ...good, customer: { external_id: " C2 " } },
    "no event",
  ]);
  expect(drafts.map(({ at, wanted }) => [at, wanted.externalId])).toEqual([
    [0, "C1"],
    [2, "C2"],
  ]);
  expect(outcomes).toEqual([
    undefined,
    { status: "refused", reason: expect.stringMatching(/^name: An event's name/) },
    undefined,
    { status: "refused", reason: expect.stringMatching(/./) },
  ]);
});
