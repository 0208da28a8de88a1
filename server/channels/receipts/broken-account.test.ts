import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { closeAdapters } from "..";
import { signedCall } from "../meta/testing/fake";
import { makeAccount } from "../testing/accounts";
import { openDoor } from "../testing/door";
import { processReceipts } from "./process";

const db = await testDatabase();
let door: Awaited<ReturnType<typeof openDoor>>;
let accountId: string;
let secrets: string;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => Promise.all([closeAdapters(), door.close()]));

beforeEach(async () => {
  await db.moveClock("0 days");
  await db.owner`delete from webhook_receipts`;
  const workspaceId = await makeWorkspace(db.owner);
  accountId = await makeAccount(db.owner, workspaceId, { channel: "whatsapp", provider: "meta" });
  const [row] =
    await db.owner`select encrypted_secrets as secrets from channel_accounts where id = ${accountId}`;
  secrets = row?.secrets;
});

const setSecrets = (value: string) =>
  db.owner`update channel_accounts set encrypted_secrets = ${value} where id = ${accountId}`;
const says = {
  statuses: [
    {
      id: "wamid.1",
      status: "delivered",
      timestamp: "1795000000",
      recipient_id: "919876543210",
      biz_opaque_callback_data: "abcdefghijklmnop",
    },
  ],
};
const post = () => {
  const { body, headers } = signedCall(says);
  return fetch(`${door.url}/api/webhooks/meta/${accountId}`, { method: "POST", headers, body });
};
const receipts = () =>
  db.owner`
    select processed_at is not null as done, given_up_at is not null as given_up, attempts from webhook_receipts`;
const work = async (): Promise<string[]> => {
  const kinds: string[] = [];
  await processReceipts(async (_ctx, events) => {
    kinds.push(...events.map(({ event }) => event.kind));
  });
  return kinds;
};

test("asks the provider to call again while the account's secrets cannot be read", async () => {
  await setSecrets("of another installation");
  const answer = await post();
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  await setSecrets(secrets);
  expect((await post()).status).toBe(200);
});

test("what was stored before waits until the account is mended, and loses none of its tries", async () => {
  await post();
  await setSecrets("of another installation");
  for (let hours = 0; hours < 12; hours++) {
    await db.moveClock(`${hours} hours`);
    expect(await work()).toEqual([]);
  }
  expect(await receipts()).toEqual([{ done: false, given_up: false, attempts: 0 }]);
  await setSecrets(secrets);
  await db.moveClock("12 hours");
  expect(await work()).toEqual(["delivered"]);
  expect(await receipts()).toMatchObject([{ done: true }]);
});

test("nobody waits for ever: after a week it is given up, and listed", async () => {
  await post();
  await setSecrets("of another installation");
  await db.moveClock("8 days");
  expect(await work()).toEqual([]);
  expect(await receipts()).toMatchObject([{ done: false, given_up: true }]);
});
