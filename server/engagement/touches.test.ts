import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { recordConsent } from "@/server/consent";
import { evaluateTouched } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { storeCampaign } from "@/server/segments/testing/store";
import { appendReaction } from "@/server/tracking/append-reaction";
import { appendVisit } from "@/server/tracking/append-visit";
import { evaluators } from "@/server/worker/evaluators";
import { engagementParts } from "./formula";

const db = await testDatabase();
const { clicks, opens, optOuts, payments } = engagementParts;
let ctx: Context;
let workspaceId: string;
let customerId: string;
let key: { part: number; runNumber: number; seq: number };

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId);
  [customerId = ""] = await makeCustomers(db.owner, workspaceId, [{}]);
  const { part, runNumber } = await storeCampaign(db.owner, workspaceId);
  key = { part, runNumber, seq: 1 };
  await db.owner`insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    values (${part}, ${runNumber}, 1, ${workspaceId}, ${customerId}, 'email')`;
});

/** The worker's round, until nobody is left; then the score. */
async function scored(): Promise<number | undefined> {
  while ((await evaluateTouched(ctx, { evaluators, owner: "test" })) > 0);
  const [row] = await db.owner<{ score: number }[]>`
    select engagement_score as score from customers where id = ${customerId}`;
  return row?.score;
}

const person = {
  method: "GET",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36",
  purpose: "",
  addressHash: "one",
};

test("a click of a reader counts within a round, once a day, and a machine's does not", async () => {
  await appendVisit(workspaceId, key, {
    kind: "clicked",
    link: 1,
    visit: { ...person, userAgent: "curl/8.0" },
  });
  expect(await scored()).toBe(0);
  await appendVisit(workspaceId, key, { kind: "clicked", link: 0, visit: person });
  expect(await scored()).toBe(clicks.points + opens.points);
});

test("a message marked as spam, and a consent that is withdrawn, count within a round", async () => {
  await db.owner`insert into customer_events (id, workspace_id, customer_id, name, occurred_at)
    select gen_random_uuid(), ${workspaceId}, ${customerId}, 'payment_received', clock_now() - n * interval '1 day'
    from generate_series(0, 9) n`;
  await withTransaction(ctx, (tx) =>
    appendReaction(tx, key, { kind: "complained", dedupeKey: "spam", detail: {}, occurredAt: null }),
  );
  expect(await scored()).toBe(payments.limit + engagementParts.complaints.points);
  await withTransaction(ctx, (tx) =>
    recordConsent(tx, ctx, {
      customerId,
      channel: "email",
      purpose: "promotional",
      action: "withdrawn",
      source: "reply",
    }),
  );
  expect(await scored()).toBe(
    Math.max(0, payments.limit + engagementParts.complaints.points + optOuts.points),
  );
});
