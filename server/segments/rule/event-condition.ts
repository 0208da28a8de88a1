import { jsonColumn } from "./columns";
import {
  type ConditionKind,
  type ConditionProblem,
  isRelative,
  sayer,
  testProblems,
  testSql,
  testWords,
} from "./condition";
import { boundsOf, countedSql, countProblems } from "./counted";
import { propertyTypes } from "./fields";
import { type Fragment, joined, param, q } from "./fragment";
import { type Count, type EventCondition, most, type PropertyTest } from "./model";
import type { Span } from "./operators-date";
import { limits } from "./values";
import { insideWindow, whenProblems, whenWords, windowOf } from "./when";
import type { World } from "./world";

const isName = (value: string): boolean =>
  value.trim() !== "" && value.length <= limits.text && !value.includes("\0");

function propertyProblems(test: PropertyTest, at: string): ConditionProblem[] {
  if (!isName(test.property)) return [{ at, message: "Choose a property of the event." }];
  if (!propertyTypes.includes(test.type)) return [{ at, message: "Choose what the property holds." }];
  return testProblems(test.type, test, at);
}

/** What a customer did, or never did: how often, when, and with which properties. */
export const eventCondition: ConditionKind<EventCondition> = {
  problems: ({ name, count, when, where }) => [
    ...(isName(name) ? [] : [{ at: "name", message: "Choose an event." }]),
    ...countProblems(count),
    ...whenProblems(when),
    ...(where.length > most.tests ? [{ at: "where", message: `Use at most ${most.tests} tests.` }] : []),
    ...where.flatMap((test, index) => propertyProblems(test, `where.${index}`)),
  ],
  toSql: (condition, world, negated) => {
    const window = windowOf(condition.when, world);
    const [least, top] = boundsOf(condition.count);
    const oneDecides = top === null ? least <= 1 : top === 0;
    if (condition.where.length === 0 && (window === null || oneDecides))
      return fromStats(condition, window, { world, negated });
    const tests = condition.where.map((test) =>
      testSql(test.type, test, { column: jsonColumn(q`e.properties`, test.property, test.type), world }),
    );
    const where = joined(
      [q`e.name = ${param(condition.name, "text")}`, insideWindow(q`e.occurred_at`, window, world), ...tests],
      "and",
      q`true`,
    );
    return countedSql({ from: q`customer_events e`, alias: "e", where }, condition.count, { world, negated });
  },
  explain: ({ name, count, when, where }, names) => {
    const say = sayer(names, { type: "text" });
    const tests = where
      .map((test) => `${test.property} ${testWords(test.type, test, sayer(names, { type: test.type }))}`)
      .join(" and ");
    return `who ${didWords(count, `“${name}”`)}${tests && ` with ${tests}`}${whenWords(when, say)}`;
  },
  relative: ({ when, where }) => (when !== null && isRelative(when)) || where.some(isRelative),
};

/**
 * The same answer from the roll-up of each name, without reading events: how often ever, or whether at all inside a
 * window. First and last time leave one question open, when they stand on both sides of the window; only then are the
 * events read.
 */
function fromStats(
  { name, count }: EventCondition,
  window: Span | null,
  { world, negated }: { world: World; negated: boolean },
): Fragment {
  const named = q`s.name = ${param(name, "text")}`;
  const rows = { from: q`customer_event_stats s`, alias: "s" };
  if (window === null) {
    const [least, top] = boundsOf(count);
    // No row stands for no event, so a count that includes 0 is asked the other way round.
    const outside = least === 0;
    const counted = outside
      ? q`s.count > ${param(top ?? 0, "bigint")}`
      : joined(
          [
            q`s.count >= ${param(least, "bigint")}`,
            ...(top === null ? [] : [q`s.count <= ${param(top, "bigint")}`]),
          ],
          "and",
          q`true`,
        );
    if (outside && top === null) return negated ? q`false` : q`true`;
    return countedSql(
      { ...rows, where: q`${named} and ${counted}` },
      { op: "some" },
      { world, negated: negated !== outside },
    );
  }
  const { from, before } = window;
  const parts = [named];
  if (from) parts.push(insideWindow(q`s.last_at`, { from }, world));
  if (before) parts.push(insideWindow(q`s.first_at`, { before }, world));
  if (from && before)
    parts.push(q`(${insideWindow(q`s.last_at`, { before }, world)} or ${insideWindow(q`s.first_at`, { from }, world)}
      or exists (select from customer_events e where e.workspace_id = s.workspace_id and e.customer_id = s.customer_id
        and e.name = s.name and ${insideWindow(q`e.occurred_at`, window, world)}))`);
  return countedSql({ ...rows, where: joined(parts, "and", q`true`) }, count, { world, negated });
}

function didWords({ op, n = 0 }: Count, name: string): string {
  const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);
  switch (op) {
    case "some":
      return `did ${name}`;
    case "none":
      return `never did ${name}`;
    case "at_least":
      return `did ${name} at least ${times(n)}`;
    case "at_most":
      return `did ${name} at most ${times(n)}`;
    case "exactly":
      return `did ${name} exactly ${times(n)}`;
  }
}
