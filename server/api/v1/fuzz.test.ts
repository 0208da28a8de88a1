import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { hashPassword } from "@/server/auth";
import { makeRequests } from "@/server/callbacks/testing/requests";
import { systemContext } from "@/server/platform/context";
import { seedTemplates } from "@/server/template-library";
import { setTemplateLinks } from "@/server/template-library/links";
import { allLinks } from "@/server/template-library/testing/desk";
import { roleKeys } from "@/server/workspaces/roles";
import { login } from "./auth";
import { openApiDocument } from "./openapi";
import { operations } from "./operations";
import { type Described, type Fuzzed, requestTo } from "./testing/arbitrary-request";
import { checkAgainst } from "./testing/check-answer";
import { listen } from "./testing/listen";
import { Remembered } from "./testing/remembered";
import { keyOf, makeWorld, nounOf, tokenOf, type World } from "./testing/world";

const db = await testDatabase();
const document = openApiDocument("http://ringback.test");
const wrongIn = checkAgainst(document);
const numRuns = Math.ceil(env.FUZZ_REQUESTS / operations.length);

let own: World;
let foreign: World;
let keys: string[];
let tokens: string[];
let door: Awaited<ReturnType<typeof listen>>;
const remembered = new Remembered();

beforeAll(async () => {
  // Noon in India, whenever it runs: more succeeds while people may be called.
  await db.setClock(`${new Date().toISOString().slice(0, 10)}T12:00:00+05:30`);
  own = await makeWorld(db.owner);
  foreign = await makeWorld(db.owner);
  // Several, because one alone may send so many requests a minute.
  keys = await Promise.all([1, 2, 3].map(() => keyOf(db.owner, own.workspaceId)));
  const roles = ["admin", "admin", ...roleKeys] as const;
  tokens = await Promise.all(roles.map((role) => tokenOf(db.owner, own.workspaceId, role)));
  remembered.keep(own.rows);
  await makeSignIn();
  const ctx = systemContext(own.workspaceId);
  await withTransaction(ctx, (tx) => seedTemplates(tx, ctx));
  await setTemplateLinks(ctx, { links: allLinks });
  // Enough of them to be worked on before all are closed.
  await makeRequests(db.owner, own.workspaceId, 60);
  door = await listen();
});
afterAll(() => door.close());

/** Whom the example of the sign-in is of. */
async function makeSignIn(): Promise<void> {
  const { email, password } = login.example as { email: string; password: string };
  const { userId } = await makeMember(db.owner, own.workspaceId, "admin");
  await db.owner`
    update users set email = ${email}, password_hash = ${await hashPassword(password)} where id = ${userId}`;
}

/** Most requests come with a key that opens everything, where one can; the others from people of every role. */
const callerOf = (nth: number, needsPerson: boolean): string =>
  (needsPerson || nth >= 70 ? tokens[nth % tokens.length] : keys[nth % keys.length]) ?? "";

async function send(operation: (typeof operations)[number], asked: Fuzzed): Promise<string | null> {
  const { method, path, scope } = operation;
  const noun = nounOf(path);
  const fill = (text: string): string =>
    text === "@foreign" ? (foreign.rows[noun] ?? "") : remembered.fill(text, noun);
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => fill(asked.path[name] ?? ""));
  const query = new URLSearchParams(asked.query.map(([name, value]) => [name, fill(value)]));
  const response = await fetch(`${door.origin}/api/v1${address}?${query}`, {
    method,
    headers: { authorization: `Bearer ${callerOf(asked.caller, scope === null)}`, ...asked.headers },
    ...(asked.body && {
      body: "raw" in asked.body ? (asked.body.raw as BodyInit) : jsonOf(asked.body.json, fill),
    }),
  });
  const answer: unknown = await response.json();
  remembered.learn(answer);
  answered.push(response.status);
  const wrong = wrongIn(operation, response.status, answer);
  // A row of a batch that failed by a defect is told so in a success.
  return wrong ?? (JSON.stringify(answer).includes("wrong on our side") ? JSON.stringify(answer) : null);
}
const answered: number[] = [];

const jsonOf = (value: unknown, fill: (text: string) => string): string =>
  JSON.stringify(value, (_, each) => (typeof each === "string" ? fill(each) : each)) ?? "";

/** What closes requests comes after what works on them, then what takes rows away, and who signs out last of all. */
const rank = ({ id, method }: (typeof operations)[number]): number =>
  id === "logout" ? 3 : method === "DELETE" ? 2 : /^(setCallbackStatus|completeCallback)$/.test(id) ? 1 : 0;

describe("whatever is sent, the answer is one that the document describes, and none of a defect", () => {
  const all = [...operations].sort((one, other) => rank(one) - rank(other));
  test.each(all.map((each, nth) => [`${each.method} ${each.path}`, each, nth] as const))(
    "%s",
    async (_, operation, nth) => {
      const described = document.paths[operation.path]?.[operation.method.toLowerCase()] as Described;
      const sent = fc.asyncProperty(requestTo(described), async (asked) => {
        const wrong = await send(operation, asked);
        if (wrong !== null) throw new Error(wrong);
      });
      await fc.assert(sent, { numRuns, seed: env.FUZZ_SEED + nth, interruptAfterTimeLimit: 120_000 });
    },
    180_000,
  );

  test("and a good part of it was done, so that more than the door was tried", () => {
    expect(answered.length).toBeGreaterThanOrEqual(env.FUZZ_REQUESTS);
    expect(answered.filter((status) => status < 300).length / answered.length).toBeGreaterThan(0.25);
  });
});
