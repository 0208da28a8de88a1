import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { CUSTOMER, callStand, providers } from "@/server/calls/testing/stand";
import { signedCall } from "@/server/channels/meta/testing/fake";
import { makeAccount } from "@/server/channels/testing/accounts";
import { openDoor } from "@/server/channels/testing/door";
import { newId } from "@/server/platform/ids";
import { readSetup } from "@/server/telephony/accounts/list-accounts";

const db = await testDatabase();

/** What a provider's call is answered with, for each of 61 in a row that are nobody's. */
async function inVain(post: (nth: number) => Promise<Response>): Promise<number[]> {
  const answers: number[] = [];
  for (let nth = 0; nth < 61; nth++) answers.push((await post(nth)).status);
  return answers;
}

const refusedThenThrottled = [...Array<number>(60).fill(404), 429];

describe("the door of channels", () => {
  let door: Awaited<ReturnType<typeof openDoor>>;
  beforeAll(async () => {
    door = await openDoor();
  });
  afterAll(() => door.close());

  const connect = async () =>
    makeAccount(db.owner, await makeWorkspace(db.owner), { channel: "whatsapp", provider: "meta" });
  const { body, headers } = signedCall({ statuses: [] });
  const post = (accountId: string, from: string, content = body) =>
    fetch(`${door.url}/api/webhooks/meta/${accountId}`, {
      method: "POST",
      headers: { ...headers, "x-forwarded-for": from },
      body: content,
    });

  test("one account's bad signatures never shut out another account that is called from the same address", async () => {
    const [one, other] = [await connect(), await connect()];
    expect(await inVain(() => post(one, "203.0.113.10", "{}"))).toEqual(refusedThenThrottled);
    expect((await post(other, "203.0.113.10")).status).toBe(200);
    expect((await post(one, "203.0.113.11")).status, "nor itself, from another address").toBe(200);
  });

  test("an account's id in other letters is the same account", async () => {
    const account = await connect();
    const typed = (nth: number) => (nth % 2 === 0 ? account : account.toUpperCase());
    const answers = await inVain((nth) => post(typed(nth), "203.0.113.30", "{}"));
    expect(answers).toEqual(refusedThenThrottled);
  });

  test("strangers who guess at accounts are throttled, and shut out nobody who has one", async () => {
    const account = await connect();
    expect(await inVain(() => post(newId(), "203.0.113.20"))).toEqual(refusedThenThrottled);
    expect((await post(account, "203.0.113.20")).status).toBe(200);
    expect((await post("nonsense", "203.0.113.20")).status).toBe(429);
    expect((await post(newId(), "203.0.113.21")).status).toBe(404);
  });
});

describe.each(providers)("the door of calls, for $provider", (row) => {
  const { open } = callStand(db, row);
  const told = (address: string): Promise<number> =>
    row.fake.ring(address, {
      ...{ from: CUSTOMER, line: "+911600123456", ending: "nobody_picked_up", at: row.fake.now() },
    })();
  const missedAddress = async ({ lead }: Awaited<ReturnType<typeof open>>) =>
    (await readSetup(lead)).accounts[0]?.missedCallAddress ?? "";

  test("one account's bad signatures, and guesses at accounts, shut out no other account", async () => {
    const [one, other] = [await open(), await open()];
    const [wronged, fine] = [await missedAddress(one), await missedAddress(other)];
    const post = (address: string) => fetch(address, { method: "POST", body: "{}" });
    const unsigned = new URL(wronged);
    unsigned.search = "";
    expect(await inVain(() => post(unsigned.href))).toEqual(refusedThenThrottled);
    expect(await told(fine)).toBe(200);
    const guess = () => post(unsigned.href.replace(one.accountId, newId()));
    expect((await inVain(guess)).at(-1)).toBe(429);
    expect(await told(fine)).toBe(200);
  });
});
