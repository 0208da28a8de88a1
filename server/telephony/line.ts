import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { TelephonyAccountRow } from "./adapters";
import { readRules } from "./rules";
import type { LineInput } from "./schemas";
import { type CallPurpose, purposeLabels, regulatedLines, telephonyProviders } from "./status";

export type CallLine = {
  purpose: CallPurpose;
  /** E.164. */
  number: string;
  account: TelephonyAccountRow & { name: string; status: string; callsPerMinute: number };
};

/** Every line of the workspace. */
export async function readLines(tx: Transaction, ctx: Context): Promise<CallLine[]> {
  return [
    ...(await tx.execute<CallLine>(sql`
      select l.purpose, l.number, jsonb_build_object('id', a.id, 'provider', a.provider, 'config', a.config,
        'encryptedSecrets', a.encrypted_secrets, 'name', a.name, 'status', a.status, 'callsPerMinute', a.calls_per_minute) as account
      from telephony_lines l join telephony_accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
      where l.workspace_id = ${ctx.workspaceId} and a.status <> 'archived' order by l.purpose`)),
  ];
}

/** The line that a call for a purpose is made from, or why there is none, for the agent. */
export type LineChoice = { line: CallLine } | { line: null; sentence: string };

/**
 * A regulated insurer calls for a purpose from the line of its series and no other; other workspaces have one line for both
 * when they set up one.
 */
export async function chooseLine(tx: Transaction, ctx: Context, purpose: CallPurpose): Promise<LineChoice> {
  const [{ regulated }, lines] = [await readRules(tx, ctx), await readLines(tx, ctx)];
  const own = lines.find((line) => line.purpose === purpose);
  const line = own ?? (regulated ? undefined : lines[0]);
  const word = purposeLabels[purpose].toLowerCase();
  if (!line)
    return {
      line: null,
      sentence: regulated
        ? `No ${regulatedLines[purpose].series} line for ${word} is set up, so customers cannot be called about this topic. An administrator can add it under Settings, Telephony.`
        : "No line is set up. An administrator can add one under Settings, Telephony.",
    };
  if (regulated && !regulatedLines[purpose].pattern.test(line.number))
    return {
      line: null,
      sentence: `The line for ${word} is not a ${regulatedLines[purpose].series} number, which a regulated insurer has to call from. An administrator can change it under Settings, Telephony.`,
    };
  if (line.account.status !== "active")
    return {
      line: null,
      sentence: `The ${telephonyProviders[line.account.provider].label} account “${line.account.name}” is paused. An administrator can see why, and resume it, under Settings, Telephony.`,
    };
  return { line };
}

/** Sets the number that customers see for a purpose. @throws AppError BAD_INPUT naming the field; NOT_FOUND */
export function saveLine(ctx: Context, input: LineInput): Promise<void> {
  const { purpose } = input;
  return withTransaction(ctx, async (tx) => {
    const { regulated } = await readRules(tx, ctx);
    const number = spellLine(input.number);
    const { series, pattern, example } = regulatedLines[purpose];
    if (regulated && !pattern.test(number))
      throw new AppError(
        "BAD_INPUT",
        `A regulated insurer in India calls for ${purposeLabels[purpose].toLowerCase()} from a ${series} number, like ${example}.`,
        { field: "number" },
      );
    const [account] = await tx.execute(sql`
      select id from telephony_accounts
      where workspace_id = ${ctx.workspaceId} and id = ${parseId(input.accountId)} and status <> 'archived'`);
    required(account, "account");
    await tx.execute(sql`
      insert into telephony_lines (workspace_id, purpose, number, account_id)
      values (${ctx.workspaceId}, ${purpose}, ${number}, ${input.accountId})
      on conflict (workspace_id, purpose) do update
        set number = excluded.number, account_id = excluded.account_id, updated_at = clock_now()`);
    await changed(tx, ctx, "telephony_line.changed", { purpose, number });
  });
}

/** Calls for this purpose cannot be made over the bridge any more, until a line is set again. */
export function removeLine(ctx: Context, { purpose }: { purpose: CallPurpose }): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const gone = await tx.execute(sql`
      delete from telephony_lines where workspace_id = ${ctx.workspaceId} and purpose = ${purpose} returning 1`);
    if (gone.length > 0) await changed(tx, ctx, "telephony_line.removed", { purpose });
  });
}

async function changed(tx: Transaction, ctx: Context, action: string, after: object): Promise<void> {
  await recordAudit(tx, ctx, {
    action,
    subjectType: "workspace",
    subjectId: ctx.workspaceId,
    after: { ...after },
  });
  await bumpTopics(tx, ctx, "telephony", "callbacks");
}

const INDIAN = /^(?:\+91|0091|91|0)?([1-9]\d{9})$/;

/** One spelling of a line; India's 1600 and 140 numbers are in no numbering plan that libraries know. */
export function spellLine(typed: string): string {
  const compact = typed.replace(/[\s().-]/g, "");
  const indian = INDIAN.exec(compact)?.[1];
  if (indian) return `+91${indian}`;
  if (/^\+[1-9]\d{7,14}$/.test(compact)) return compact;
  throw new AppError("BAD_INPUT", "Write the number with its country code, like +91 80 3075 2400.", {
    field: "number",
  });
}
