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

type Line = [expression: string, holds: boolean];

/** The portable subset of CEL, one behaviour a line: an expression over `data` above and whether it holds. */
const portable: Line[] = [
  ["event.data.n == 5", true],
  ["event.data.n != 5", false],
  ["event.data.n > 4 && event.data.n < 6", true],
  ["event.data.n < 5 || event.data.n > 5", false],
  ["event.data.n >= 6 || event.data.n <= 4", false],
  ["event.data.n >= 5 && event.data.n <= 5", true],
  ["event.data.half == 2.5", true],
  ["event.data.n == -5", false],
  ["event.data.name == 'Asha'", true],
  ["event.data.name == 'asha'", false],
  ["event.data.name < 'B' && event.data.name > 'A'", true],
  ["event.data.name <= 'Arun' || event.data.name >= 'Asia'", false],
  ['event.data.name in ["Asha", "Ravi"]', true],
  ["'c' in event.data.list", false],
  ["'b' in event.data.list", true],
  ["event.data.list[1] == 'b'", true],
  ["event.data.yes == true && event.data.no == false", true],
  ["event.data.no == true || event.data.yes == true", true],
  ["!(event.data.n == 5)", false],
  ["!(event.data.n == 6)", true],
  ["event.data.deep.k == 1", true],
  ["event.data.missing == 'x'", false],
  ["has(event.data.name)", true],
  ["has(event.data.missing)", false],
  ["event.data.nothing == null", true],
  ["event.name == 'another'", false],
  ["event.data.n == 5 && (event.data.no == true || event.data.name == 'Asha')", true],
];

/** Beyond it: what this engine also takes, and how it reads what CEL would call an error. */
const lenient: Line[] = [
  ["-event.data.n == -5", true],
  ["event.data.n + 2 == 7 && event.data.n - 2 == 3 && event.data.n * 2 == 10", true],
  ["event.data.n / 2 == 2 && event.data.half / 2 == 1.25 && event.data.n % 3 == 2", true],
  ["event.data.n / 0 == null", true],
  ["event.data.name + '!' == 'Asha!'", true],
  ["event.data.name - 1 == null", true],
  ["(event.data.no ? 1 : 2) == 2 && (event.data.yes ? 1 : 2) == 1", true],
  ["event.data.list == ['a', 'b']", true],
  ["event.data.list == ['b', 'a']", false],
  ["event.data['name'] == 'Asha'", true],
  ["event.data.list[7] == null && event.data.list['0'] == null", true],
  ["event.data.deep == null", false],
  ["event.data.name.length == null", true],
  ["event.data.constructor == null", true],
  ["'k' in event.data.deep && !('toString' in event.data.deep)", true],
  ["'length' in event.data.name", false],
  ["event.data.n", false],
  ["(event.data.yes == true && event.data.n) == false", true],
  ["(event.data.no == true || event.data.name) == false", true],
  ["!event.data.n", true],
  ["event.data.name > 5 || event.data.name <= 5 || event.data.nothing < 1", false],
  ["event.data.missing.deeper == null", true],
];

/** Every line is a function of its own, beside one without a rule. */
const toCase = ([expression, holds]: Line, id: string): Case => ({
  title: `${expression} is ${holds}`,
  functions: ({ client, ledger }) => [
    client.createFunction(
      { id: `expression-${id}`, triggers: [{ event: `expressions/${id}`, if: expression }] },
      async () => ledger.note("rule"),
    ),
    client.createFunction({ id: `control-${id}`, triggers: [{ event: `expressions/${id}` }] }, async () =>
      ledger.note("control"),
    ),
  ],
  async verify({ send, runsOf, ledger }) {
    const [event = ""] = await send({ name: `expressions/${id}`, data });
    await ledger.until("control");
    if (holds) await ledger.until("rule");
    const started = (await runsOf(event)).some(({ function_id }) =>
      function_id?.endsWith(`-expression-${id}`),
    );
    if (started) assert.equal(holds, true);
    assert.equal(ledger.count("rule"), holds ? 1 : 0);
  },
});

export const expressionCases: Case[] = [
  ...portable.map((line, index) => toCase(line, `portable-${index}`)),
  ...lenient.map((line, index): Case => ({ ...toCase(line, `lenient-${index}`), only: "embedded" })),
];
