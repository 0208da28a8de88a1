import { beginAttempt, recordOutcome } from "@/server/callbacks/attempt";
import { cancelCallback, completeCallback } from "@/server/callbacks/close";
import { requestCallback } from "@/server/callbacks/request";
import { takeCallback } from "@/server/callbacks/take";
import type { Context } from "@/server/platform/context";
import { numbers } from "./campaign-history";
import type { TestDatabase } from "./database";
import { makeMember } from "./factories";

const topics = ["policy_issue", "feedback", "claim_assistance"];
const DAY_MS = 86_400_000;

/**
 * Calls that messages of these runs brought, over the six days from 20 November 2026, and some that none did: repeated,
 * waiting, cancelled, tried in vain, talked, with and without a sale, through the product's own verbs.
 */
export async function makeCalls(
  db: TestDatabase,
  ctx: Context,
  { runs, seed }: { runs: readonly number[]; seed: number },
): Promise<void> {
  const next = numbers(seed);
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  const lead = await makeMember(db.owner, ctx.workspaceId, "supervisor");
  const messages = await db.owner<
    { customerId: string; campaignId: string; part: number; runNumber: number; seq: number }[]
  >`
    select e.customer_id as "customerId", r.campaign_id as "campaignId", e.part, e.run_number::int as "runNumber", e.seq
    from executions e join campaign_runs r on r.number = e.run_number
    where e.run_number = any(${[...runs]}::bigint[]) and e.channel is not null order by e.run_number, e.seq`;
  for (let nth = 0, at = Date.parse("2026-11-20T11:00:00+05:30"); nth < 30; nth++) {
    // Between 11 and 18, when everybody may be called.
    at += next(100) * 60_000;
    if (new Date(at + 5.5 * 3_600_000).getUTCHours() >= 18) at += DAY_MS - 6.5 * 3_600_000;
    await db.setClock(new Date(at).toISOString());
    const { customerId, ...execution } = messages[next(messages.length)] ?? messages[0] ?? {};
    const { id, merged } = await requestCallback(lead, {
      customerId: customerId ?? "",
      requestType: topics[next(3)] ?? "feedback",
      source: "form",
      sourceKey: String(nth),
      ...(next(6) > 0 && {
        execution: execution as NonNullable<Parameters<typeof requestCallback>[1]["execution"]>,
      }),
    });
    const does = next(5);
    if (merged || does === 0) continue;
    if (does === 1) {
      // Ended without a talk, in one way or the other.
      if (next(2) === 0) await cancelCallback(lead, { callbackId: id, reason: "customer_withdrew" });
      else await completeCallback(lead, { callbackId: id, disposition: "resolved" });
      continue;
    }
    const claim = await takeCallback(agent, { callbackId: id });
    const of = { callbackId: id, generation: claim.generation };
    const { attemptId } = await beginAttempt(agent, { ...of, via: "tel" });
    const outcome = does === 2 ? ("no_answer" as const) : ("connected" as const);
    await recordOutcome(agent, { ...of, attemptId, outcome });
    if (outcome === "connected")
      await completeCallback(agent, {
        ...of,
        disposition: "resolved",
        conversionValue: does === 3 ? next(90_000) / 4 : null,
      });
  }
  await db.setClock("2026-11-26T12:30:00+05:30");
}
