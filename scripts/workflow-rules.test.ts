import { expect, test } from "vitest";
import { findings } from "./workflow-rules";

const sentences = (body: string, options = 'id: "f", triggers: [{ event: "e" }]') =>
  findings("f.ts", `client.createFunction({ ${options} }, async ({ step, group }) => { ${body} });`).map(
    ({ sentence }) => sentence,
  );

test("a function inside the portable subset has no findings", () => {
  const rule = "event.data.a == async.data.a && (async.data.n >= 3 || !(async.data.k in ['x', 'y']))";
  const body = `
    for (const n of list) await step.run(\`send-\${n}\`, () => n);
    await step.waitForEvent("w", { event: "x", if: "${rule}", timeout: "1d" });
    await group.parallel(() => Promise.race([step.run("a", f), step.run("b", f)]));`;
  expect(
    sentences(
      body,
      'id: "f", triggers: [{ cron: "TZ=Asia/Kolkata 30 9 * * *" }, { event: "e", if: "has(event.data.x)" }]',
    ),
  ).toEqual([]);
});

test.each([
  ["a bare race", 'await Promise.race([step.run("a", f)])', /Promise.race waits/],
  ["a computed step id", "await step.run(makeId(), f)", /id of step.run is not a literal/],
  [
    "a signal",
    'await step.waitForSignal("s", { signal: "x", timeout: "1h" })',
    /waitForSignal is not executed/,
  ],
  ["an AI gateway step", 'await step.ai("s")', /step.ai is not executed/],
  [
    "arithmetic in a wait",
    'await step.waitForEvent("w", { event: "x", if: "async.data.a + 1 == 2", timeout: "1h" })',
    /uses "\+"/,
  ],
  [
    "an opaque rule",
    'await step.waitForEvent("w", { event: "x", if: rule, timeout: "1h" })',
    /not a literal/,
  ],
])("%s is found", (_what, body, sentence) => {
  expect(sentences(body)).toEqual([expect.stringMatching(sentence)]);
});

test.each([
  ["6 cron fields", 'id: "f", triggers: [{ cron: "* * * * * *" }]', /5 fields/],
  ["a CEL function", 'id: "f", triggers: [{ event: "e", if: "size(event.data.x) > 1" }]', /function "size"/],
  ["has in a key", 'id: "f", idempotency: "has(event.data.x)", triggers: []', /belongs in triggers only/],
  [
    "a conditional",
    'id: "f", concurrency: { limit: 1, key: "event.data.a ? event.data.b : event.data.c" }',
    /uses "\?:"/,
  ],
  [
    "batch with cancelOn",
    'id: "f", batchEvents: { maxSize: 2, timeout: "5s" }, cancelOn: [{ event: "x" }]',
    /cannot have cancelOn/,
  ],
])("%s is found", (_what, options, sentence) => {
  expect(sentences("", options)).toEqual([expect.stringMatching(sentence)]);
});

test("an import that the engine does not serve is found, with its line", () => {
  const found = findings("f.ts", '\nimport { connect } from "inngest/connect";');
  expect(found).toEqual([
    { file: "f.ts", line: 2, sentence: "inngest/connect is not served by the embedded engine." },
  ]);
});
