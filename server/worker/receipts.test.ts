import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { encodePublicId } from "@/server/deliveries";
import { newId } from "@/server/platform/ids";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { handleEvents } from "./receipts";

const db = await testDatabase();

test("what a provider posts reaches the ledger, the responses and the templates, once", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const ctx = await makeMember(db.owner, workspaceId);
  const run = await makeLedgerRun(db.owner, workspaceId);
  const publicId = encodePublicId({ part: run.part, runNumber: run.runNumber, seq: 1 });
  await db.owner`insert into execution_results (part, run_number, seq, batch_number, workspace_id, state)
    values (${run.part}, ${run.runNumber}, 1, 1, ${workspaceId}, 'sent') on conflict do nothing`;
  const [account] = await db.owner`
    select id from channel_accounts where workspace_id = ${workspaceId} and channel = 'whatsapp' limit 1`;
  await db.owner`insert into whatsapp_templates (id, workspace_id, account_id, name, language, category, parts, approval)
    values (${newId()}, ${workspaceId}, ${account?.id}, 'renewal', 'en', 'utility', '{}', 'submitted')`;
  const source = { accountId: account?.id as string, provider: "meta" as const };
  const occurredAt = new Date("2026-11-25T06:00:00Z");
  const events = [
    {
      kind: "read" as const,
      publicId,
      dedupeKey: "read:1",
      occurredAt,
      reason: null,
      detail: null,
      suppress: false,
      cost: null,
    },
    {
      kind: "reply" as const,
      channel: "email" as const,
      from: "somebody@example.test",
      text: "Please call me",
      button: null,
      publicId,
      providerMessageId: "m-1",
      occurredAt,
    },
    {
      kind: "template_status" as const,
      name: "renewal",
      language: "en",
      approval: "approved" as const,
      reason: null,
    },
  ].map((event) => ({ source, event }));
  await handleEvents(ctx, events);
  await handleEvents(ctx, events);
  const [counts] = await db.owner`
    select (select count(*)::int from delivery_events where workspace_id = ${workspaceId} and kind = 'read') as reads,
      (select count(*)::int from responses where workspace_id = ${workspaceId}) as replies,
      (select approval from whatsapp_templates where workspace_id = ${workspaceId}) as approval`;
  expect(counts).toEqual({ reads: 1, replies: 1, approval: "approved" });
});

test("what becomes of a test message reaches the test, and the ledger knows nothing of it", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const ctx = await makeMember(db.owner, workspaceId);
  const testId = newId();
  await db.owner`
    insert into channel_tests (id, workspace_id, account_id, requested_by, address_hint, state)
    values (${testId}, ${workspaceId}, ${newId()}, ${ctx.userId}, '+91•••5678', 'accepted')`;
  const told = (kind: "delivered" | "read") => ({
    source: { accountId: newId(), provider: "meta" as const },
    event: {
      ...{ kind, publicId: `test-${testId}`, dedupeKey: kind, occurredAt: new Date("2026-11-25T06:00:00Z") },
      ...{ reason: null, detail: null, suppress: false, cost: null },
    },
  });
  await handleEvents(ctx, [told("read"), told("delivered")]);
  const [row] = await db.owner`
    select state, (select count(*)::int from delivery_events where workspace_id = ${workspaceId}) as counted
    from channel_tests where id = ${testId}`;
  expect(row).toEqual({ state: "read", counted: 0 });
});
