import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { ownDataDirectory } from "@/server/imports/testing/files";
import { appRouter } from "./root";
import { rows } from "./testing/rows";
import { filled, type Letter, letters, nounsIn, type Outcome } from "./testing/table";
import { startWaitingEngine } from "./testing/workflow-engine";
import { callAs, makeWorld, type World } from "./testing/world";

const db = await testDatabase();
ownDataDirectory();
const engine = await startWaitingEngine(db.url);
afterAll(() => engine.stop());
/** What the names of the other workspace's rows begin with. */
const MARK = "Zanzibar";
const everyone = Object.keys(letters) as Letter[];
let own: World;
let foreign: World;

beforeAll(async () => {
  // The dates in the table lie ahead of it.
  await db.setClock("2026-11-27T12:00:00+05:30");
  own = await makeWorld(db.owner, "Suraksha");
  foreign = await makeWorld(db.owner, MARK);
});

type Ended = { outcome: Outcome | "DEFECT"; said: string };

/** Calls a procedure; a defect shows as what it is. */
async function ending(path: string, letter: Letter | null, input: unknown): Promise<Ended> {
  const caller = callAs(letter && own.members[letter]);
  const procedure = path.split(".").reduce<unknown>((at, key) => Reflect.get(at as object, key), caller);
  try {
    const answer = await (procedure as (input: unknown) => Promise<unknown>)(input);
    // A subscription is listened to by whoever wants to hear it: here it is opened, and left.
    if (isStream(answer)) await answer.return?.();
    return { outcome: "OK", said: said(answer) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "INTERNAL_SERVER_ERROR") throw error.cause ?? error;
    return { outcome: error.code, said: error.message };
  }
}

const isStream = (answer: unknown): answer is AsyncIterator<unknown> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;

const said = (answer: unknown): string =>
  JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value)) ?? "";

test("every procedure stands in the table, and nothing else", () => {
  expect(Object.keys(rows).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
});

describe.each(Object.entries(rows))("%s", (path, { who, hiddenFrom, gives, input, foreign: abroad }) => {
  const anybody = who === "anybody";
  const may = everyone.filter((letter) => anybody || who.includes(letter));
  const blind = everyone.filter((letter) => hiddenFrom.includes(letter));
  const kept = everyone.filter((letter) => !may.includes(letter) && !blind.includes(letter));

  const expectedFor = (noun: string): Outcome =>
    typeof abroad === "string" ? abroad : (abroad[noun] ?? "NOT_FOUND");
  const nouns = nounsIn(input).filter((noun) => noun !== "new-word" && noun !== "new-uuid");
  test.runIf(nouns.length > 0)(`takes no other workspace’s ${nouns.join(", ")}`, async () => {
    for (const noun of nouns)
      for (const letter of [...may, ...blind]) {
        const theirs = await filled(input, (each) => (each === noun ? foreign : own).idOf(each));
        const { outcome, said: answer } = await ending(path, letter, theirs);
        const seen = [outcome, answer.includes(MARK)];
        expect(seen, `${noun}, ${letters[letter]}: ${answer}`).toEqual([expectedFor(noun), false]);
      }
  });

  const [first] = [...may, ...blind];
  test.runIf(nouns.length > 0 && first)(
    `answers a malformed ${nouns.join(", ")} like one that is not there`,
    async () => {
      for (const noun of nouns) {
        const malformed = await filled(input, async (each) => (each === noun ? "nothing" : own.idOf(each)));
        const { outcome, said: answer } = await ending(path, first ?? null, malformed);
        const missing = expectedFor(noun);
        // A filter by what is not there may leave nothing, and what is refused anyway may be refused first.
        const fine = missing === "NOT_FOUND" ? [missing] : ["NOT_FOUND", "OK", missing];
        expect(fine, `${noun}: ${answer}`).toContain(outcome);
      }
    },
  );

  test("asks who calls", async () => {
    const nobody = await ending(path, null, await filled(input, own.idOf));
    expect(nobody.outcome, nobody.said).toBe(anybody ? gives : "UNAUTHORIZED");
    // Those who may not come first: what they try must change nothing for those who may.
    for (const [people, expected] of [
      [kept, "FORBIDDEN"],
      [blind, "NOT_FOUND"],
      [may, gives],
    ] as const)
      for (const letter of people) {
        const { outcome, said: answer } = await ending(path, letter, await filled(input, own.idOf));
        expect(outcome, `${letters[letter]}: ${answer}`).toBe(expected);
      }
  });
});

test("nothing of it left a trace in the other workspace", async () => {
  const lines = await db.owner`
    select action, subject_type from audit_entries where workspace_id = ${foreign.admin.workspaceId}
      and actor_id not in (select user_id from memberships where workspace_id = ${foreign.admin.workspaceId})`;
  expect([...lines]).toEqual([]);
});
