import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { parsePhone } from "@/server/customers";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { countryOfLocale, countryOfPhone } from "@/server/platform/country";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { chooseLine, dialOpensAt, dialWindowOf } from "@/server/telephony";
import type { CallPurpose } from "@/server/telephony/status";
import { placeCall } from "./place";
import type { TestCall } from "./schemas";
import { intend, requireRoom, sayUnderWay } from "./start";

/** Tests that a workspace may make in ten minutes. */
const MOST_TESTS = 5;

/** Bridges two phones of the person's choice, to see that an account and a line work. It is no attempt of anybody's request. */
export async function testCall(ctx: Context, input: TestCall): Promise<{ callId: string }> {
  const callId = newId();
  const [agentPhone, customerPhone] = [spell("agentPhone", input), spell("customerPhone", input)];
  if (agentPhone === customerPhone)
    throw new AppError("BAD_INPUT", "Give two different phones.", { field: "customerPhone" });
  await withTransaction(ctx, async (tx) => {
    const choice = await chooseLine(tx, ctx, input.purpose);
    if (!choice.line) throw new AppError("CONFLICT", choice.sentence, { code: "no_line" });
    await requireHours(tx, ctx, { phone: customerPhone, purpose: input.purpose });
    await requireRoom(tx, ctx, choice.line);
    await requireFewTests(tx, ctx);
    await intend(tx, ctx, {
      ...{ id: callId, callbackId: null, attemptId: null, purpose: input.purpose },
      ...{ agentPhone, customerPhone, line: choice.line },
    });
    await recordAudit(tx, ctx, {
      action: "telephony.tested",
      subjectType: "telephony_account",
      subjectId: choice.line.account.id,
    });
  }).catch(sayUnderWay);
  await placeCall(ctx, callId);
  return { callId };
}

function spell(field: "agentPhone" | "customerPhone", input: TestCall): string {
  const number = parsePhone(input[field]);
  if (!number.ok) throw new AppError("BAD_INPUT", number.reason, { field });
  return number.value;
}

async function requireHours(
  tx: Transaction,
  ctx: Context,
  { phone, purpose }: { phone: string; purpose: CallPurpose },
): Promise<void> {
  const [row] = await tx.execute<{ zone: string; locale: string }>(
    sql`select time_zone as zone, locale from workspaces where id = ${ctx.workspaceId}`,
  );
  const { zone, locale } = required(row, "workspace");
  const now = (await readClock(tx)).getTime();
  const window = dialWindowOf([countryOfPhone(phone), countryOfLocale(locale)], purpose);
  if (dialOpensAt(window, now, zone) === now) return;
  throw new AppError("CONFLICT", "Tests are calls too: make one inside the legal hours.", {
    code: "outside_dial_window",
  });
}

async function requireFewTests(tx: Transaction, ctx: Context): Promise<void> {
  const [row] = await tx.execute<{ made: number }>(sql`
    select count(*)::int as made from calls
    where workspace_id = ${ctx.workspaceId} and callback_id is null and intended_at > clock_now() - interval '10 minutes'`);
  if ((row?.made ?? 0) < MOST_TESTS) return;
  throw new AppError("LIMIT_EXCEEDED", `At most ${MOST_TESTS} tests in ten minutes. Wait a little.`, {
    max: MOST_TESTS,
  });
}
