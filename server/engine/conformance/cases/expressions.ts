import assert from "node:assert/strict";
import type { Case } from "../case";

const data = {
  n: 5,
  half: 2.5,
  name: "Asha",
  yes: true,
  no: false,
  list: ["a", "b"],
  deep: { k: 1 },
  nothing: null,
};

/** The portable subset of CEL, one behaviour a line: an expression over `data` above and whether it holds. */
const table: [expression: string, holds: boolean][] = [
  ["event.data.n == 5", true],
  ["event.data.n != 5", false],
  ["event.data.n > 4 && event.data.n < 6", true],
  ["event.data.n >= 6 || event.data.n <= 5", true],
  ["event.data.half == 2.5", true],
  ["event.data.name == 'Asha'", true],
  ["event.data.name == 'asha'", false],
  ['event.data.name in ["Asha", "Ravi"]', true],
  ["'c' in event.data.list", false],
  ["event.data.yes == true && event.data.no == false", true],
  ["!(event.data.n == 5)", false],
  ["event.data.deep.k == 1", true],
  ["event.data.missing == 'x'", false],
  ["has(event.data.name)", true],
  ["has(event.data.missing)", false],
  ["event.data.nothing == null", true],
  ["event.name == 'expressions/check'", true],
  ["event.data.n == 5 && (event.data.no == true || event.data.name == 'Asha')", true],
];

/** Every line is a function of its own; one event decides them all. */
export const expressionCases: Case[] = table.map(([expression, holds], index) => ({
  title: `${expression} is ${holds}`,
  functions: ({ client, ledger }) => [
    client.createFunction(
      { id: `expression-${index}`, triggers: [{ event: "expressions/check", if: expression }] },
      async ({ event }) => ledger.note(`rule ${event.data.tag}`),
    ),
    client.createFunction(
      { id: `control-${index}`, triggers: [{ event: "expressions/check" }] },
      async ({ event }) => ledger.note(`control ${event.data.tag}`),
    ),
  ],
  async verify({ send, runsOf, ledger, tag }) {
    const mark = `${tag}-${index}`;
    const [id = ""] = await send({ name: "expressions/check", data: { ...data, tag: mark } });
    await ledger.until(`control ${mark}`);
    if (holds) await ledger.until(`rule ${mark}`);
    const started = (await runsOf(id)).some(
      ({ function_id }) => function_id === `conformance-expression-${index}`,
    );
    if (started) assert.equal(holds, true);
    assert.equal(ledger.count(`rule ${mark}`), holds ? 1 : 0);
  },
}));
