import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { decodePublicId, type ExecutionKey, recordProviderEvents } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { recordReply } from "@/server/responses";
import { appendVisits, type GivenVisit } from "@/server/tracking";
import { reachGoals } from "./reach-goals";

const BATCH = 500;

type Act = {
  messageId: string;
  kind: "read" | "opened" | "clicked" | "replied" | "converted";
  link: number | null;
  reply: string | null;
  button: boolean;
  publicId: string;
  channel: Channel;
  address: string;
  dueAt: Date;
};

/**
 * Does what the sandbox's scripted customers have planned for now, by the ways that real ones take: receipts, visits, replies
 * and goals that another system tells of. The rows stay locked until it is done and go with it; after a crash they are played again, which each way knows
 * as a repetition. Returns how many were played.
 */
export function playActs(ctx: Context): Promise<number> {
  return withHotTransaction(ctx.workspaceId, async (sql) => {
    const acts = await takeDue(sql, ctx);
    if (acts.length === 0) return 0;
    await read(ctx, acts);
    await visit(ctx, acts);
    await reachGoals(
      ctx,
      acts.filter(({ kind }) => kind === "converted"),
    );
    for (const act of acts) if (act.kind === "replied") await reply(ctx, act);
    await sql`
      delete from sandbox_acts a using unnest(${acts.map((act) => act.messageId)}::uuid[], ${acts.map((act) => act.kind)}::text[])
        as done(message_id, kind)
      where a.message_id = done.message_id and a.kind = done.kind`;
    return acts.length;
  });
}

const takeDue = (sql: Sql, ctx: Context) => sql<Act[]>`
  select a.message_id as "messageId", a.kind, a.link, a.reply, a.button, a.due_at as "dueAt", m.public_id as "publicId",
    m.channel, m.to_address as address
  from sandbox_acts a join sandbox_messages m on m.id = a.message_id
  where a.workspace_id = ${ctx.workspaceId} and a.due_at <= (select clock_now())
  order by a.due_at, a.message_id limit ${BATCH} for update of a skip locked`;

async function read(ctx: Context, acts: readonly Act[]): Promise<void> {
  await recordProviderEvents(
    ctx,
    acts
      .filter(({ kind }) => kind === "read")
      .map(({ publicId, dueAt }) => ({
        kind: "read",
        publicId,
        dedupeKey: `read:${publicId}`,
        occurredAt: dueAt,
        reason: null,
        detail: null,
        suppress: false,
        cost: null,
      })),
  );
}

/** Opens and clicks, a statement for each run. */
async function visit(ctx: Context, acts: readonly Act[]): Promise<void> {
  const runs = new Map<number, { key: ExecutionKey; visits: GivenVisit[] }>();
  for (const { kind, link, publicId, address } of acts) {
    const key = decodePublicId(publicId);
    if (!key || (kind !== "opened" && kind !== "clicked")) continue;
    const run = runs.get(key.runNumber) ?? { key, visits: [] };
    run.visits.push({ seq: key.seq, kind, link: kind === "clicked" ? link : null, visit: visitOf(address) });
    runs.set(key.runNumber, run);
  }
  for (const [, { key, visits }] of [...runs].sort(([one], [other]) => one - other))
    await appendVisits({ workspaceId: ctx.workspaceId, part: key.part, runNumber: key.runNumber }, visits);
}

/** Each scripted customer has a phone of their own. */
const visitOf = (address: string) => ({
  method: "GET",
  userAgent: "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/143.0 Mobile Safari/537.36",
  purpose: "",
  addressHash: createHash("sha256").update(`scripted ${address}`).digest("base64url").slice(0, 16),
});

async function reply(ctx: Context, act: Act): Promise<void> {
  await recordReply(ctx, {
    channel: act.channel,
    from: act.address,
    text: act.button ? "" : (act.reply ?? ""),
    button: act.button ? act.reply : null,
    publicId: act.publicId,
    providerMessageId: `scripted:${act.messageId}`,
    occurredAt: act.dueAt,
    origin: "sandbox",
  });
}
