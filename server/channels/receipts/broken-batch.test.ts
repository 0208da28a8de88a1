import { afterAll, expect, test } from "vitest";
import { breakWorkspace } from "@/db/testing/break-workspace";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { closeAdapters } from "..";
import { signedCall } from "../meta/testing/fake";
import { makeAccount } from "../testing/accounts";
import { processReceipts } from "./process";

const db = await testDatabase();
afterAll(() => closeAdapters());

/** A workspace with so many stored calls of its provider. */
async function told(count: number): Promise<string> {
  const workspaceId = await makeWorkspace(db.owner);
  const accountId = await makeAccount(db.owner, workspaceId, { channel: "whatsapp", provider: "meta" });
  await db.owner`
    insert into webhook_receipts (workspace_id, account_id, provider, url, headers, body)
    select ${workspaceId}, ${accountId}, 'meta', 'https://here.example/', '{}', ${signedCall({ statuses: [] }).body}
    from generate_series(1, ${count})`;
  return workspaceId;
}
const open = async (workspaceId: string) =>
  (await db.owner`select from webhook_receipts where workspace_id = ${workspaceId} and processed_at is null`)
    .length;

test("a workspace whose receipts break as a whole leaves room for those of the others, and loses no try", async () => {
  const broken = await told(201);
  const other = await told(1);
  const mend = await breakWorkspace(db.owner, broken, {
    table: "webhook_receipts",
    on: "update of processed_at",
  });
  for (let round = 0; round < 3; round++) await processReceipts(async () => {});
  expect([await open(broken), await open(other)]).toEqual([201, 0]);
  await mend();
  await db.moveClock("2 minutes");
  for (let round = 0; round < 3; round++) await processReceipts(async () => {});
  expect(await open(broken)).toBe(0);
  expect(await db.owner`select from webhook_receipts where attempts > 0`).toHaveLength(0);
});
