import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/** A request that carries an `Idempotency-Key`; `callerId` is the API key, or the user who signed in. */
export type Repeatable = { callerId: string; idempotencyKey: string; requestHash: string };

export type Answer = { status: number; body: Record<string, unknown> };

/** `mine`: do it and `keepAnswer`. `other`: another request used this key. `waiting`: the first one is under way. */
export type Claim = { is: "mine" } | { is: "other" } | { is: "waiting" } | { is: "answered"; answer: Answer };

/** A request that died on its way holds the key no longer than this. */
const GIVEN_UP_SECONDS = 120;

/** Claims the key for a request, or tells what became of the first request with it. */
export function claimAnswer(
  ctx: Context,
  { callerId, idempotencyKey, requestHash }: Repeatable,
): Promise<Claim> {
  return withTransaction(ctx, async (tx): Promise<Claim> => {
    const mine = await tx.execute(sql`
      insert into api_answers (workspace_id, api_key_id, idempotency_key, request_hash)
      values (${ctx.workspaceId}, ${callerId}, ${idempotencyKey}, ${requestHash})
      on conflict (workspace_id, api_key_id, idempotency_key) do update
        set request_hash = excluded.request_hash, status = null, answer = null, created_at = clock_now()
        where api_answers.created_at < clock_now() - interval '24 hours' or (api_answers.status is null
          and api_answers.created_at < clock_now() - ${GIVEN_UP_SECONDS} * interval '1 second')
      returning 1`);
    if (mine.length > 0) return { is: "mine" };
    const [row] = await tx.execute<{
      request_hash: string;
      status: number | null;
      answer: Record<string, unknown>;
    }>(sql`
      select request_hash, status, answer from api_answers where workspace_id = ${ctx.workspaceId}
        and api_key_id = ${callerId} and idempotency_key = ${idempotencyKey}`);
    // The first one failed and let go of the key just now.
    if (!row) return { is: "waiting" };
    if (row.request_hash !== requestHash) return { is: "other" };
    if (row.status === null) return { is: "waiting" };
    return { is: "answered", answer: { status: row.status, body: row.answer } };
  });
}

/** Keeps the answer for repeats; null lets go of the key, so that a repeat tries again. */
export async function keepAnswer(
  ctx: Context,
  { callerId, idempotencyKey }: Repeatable,
  answer: Answer | null,
): Promise<void> {
  const place = sql`workspace_id = ${ctx.workspaceId} and api_key_id = ${callerId} and idempotency_key = ${idempotencyKey}`;
  await withTransaction(ctx, (tx) =>
    tx.execute(
      answer
        ? sql`update api_answers set status = ${answer.status}, answer = ${JSON.stringify(answer.body)}::json where ${place}`
        : sql`delete from api_answers where ${place} and status is null`,
    ),
  );
}

const KEEP = "24 hours";
const A_PAGE = 5_000;

/** Forgets the answers of yesterday, in every workspace. */
export async function forgetAnswers(): Promise<void> {
  for (let gone = A_PAGE; gone === A_PAGE; )
    gone = await withTransaction({ workspaceId: null }, async (tx) => {
      const [row] = await tx.execute<{ gone: number }>(
        sql`select forget_api_answers(${KEEP}::interval, ${A_PAGE}) as gone`,
      );
      return row?.gone ?? 0;
    });
}
