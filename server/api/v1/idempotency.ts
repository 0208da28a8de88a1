import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, claimAnswer, keepAnswer } from "@/server/api-keys";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

const LOOK_AGAIN_MS = 50;
const LOOKS = 200;

type Repeated = { ctx: Context; callerId: string; request: Request; bytes: Buffer };

/**
 * Does a POST once for its `Idempotency-Key`: the same request with the same key gets the first one's answer, for a day, also
 * when many come at once. Without the header it is simply done. What failed on our side is not kept.
 * `work` gets the mark of the request, the same one for its repeats; null without the header.
 * @throws AppError CONFLICT (`idempotency_conflict`: another request used the key; `idempotency_in_progress`), BAD_INPUT
 */
export async function once(
  { ctx, callerId, request, bytes }: Repeated,
  work: (mark: string | null) => Promise<Answer>,
): Promise<{ answer: Answer; replayed: boolean }> {
  const idempotencyKey = request.headers.get("idempotency-key");
  if (request.method !== "POST" || idempotencyKey === null)
    return { answer: await work(null), replayed: false };
  if (!/^[\x21-\x7e]{1,200}$/.test(idempotencyKey))
    throw new AppError("BAD_INPUT", "An Idempotency-Key has 1 to 200 visible ASCII signs.", {
      field: "Idempotency-Key",
    });
  const { pathname, search } = new URL(request.url);
  const requestHash = createHash("sha256").update(`POST ${pathname}${search}\n`).update(bytes).digest("hex");
  const mark = createHash("sha256").update(`${callerId}\n${idempotencyKey}\n${requestHash}`).digest("hex");
  const repeatable = { callerId, idempotencyKey, requestHash };
  for (let look = 0; look < LOOKS; look++) {
    const claim = await claimAnswer(ctx, repeatable);
    if (claim.is === "answered") return { answer: claim.answer, replayed: true };
    if (claim.is === "other")
      throw new AppError(
        "CONFLICT",
        "This Idempotency-Key was used for another request. Use a new key for a new request.",
        { code: "idempotency_conflict" },
      );
    if (claim.is === "mine") return { answer: await keeping(() => work(mark)), replayed: false };
    await wait(LOOK_AGAIN_MS);
  }
  throw new AppError("CONFLICT", "The first request with this Idempotency-Key is still under way.", {
    code: "idempotency_in_progress",
  });

  async function keeping(doing: () => Promise<Answer>): Promise<Answer> {
    let answer: Answer | null = null;
    try {
      answer = await doing();
      return answer;
    } finally {
      await keepAnswer(ctx, repeatable, answer && answer.status < 500 ? answer : null);
    }
  }
}
