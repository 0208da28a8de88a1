import { resolveTxt } from "node:dns/promises";
import { eq } from "drizzle-orm";
import { channelAccounts } from "@/db/schema/channels";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { encryptSecret } from "@/server/platform/secrets";
import { type DkimKey, dkimRecord, isRecordOf, makeDkimKeyPair } from "../smtp/dkim";
import { isBuiltIn, lockAccount } from "./find-account";

/** How an account signs its mails (RFC 6376). */
export type DkimState = {
  /** The domain that its mails come from. */
  domain: string;
  /** Null: the mail server signs, or nobody does. */
  key: {
    /** The TXT record to publish. */
    name: string;
    value: string;
    /** Since when mails are signed; null: the record was not seen yet. */
    seenAt: string | null;
    /** False: the account sends from another domain since; nothing is signed with this key. */
    fits: boolean;
  } | null;
};

/** What the account's page shows; null for what is no mail server of the workspace's own. */
export function dkimState(account: Pick<Row, "provider" | "config" | "dkim">): DkimState | null {
  const domain = ownDomain(account);
  if (domain === null) return null;
  const { dkim } = account;
  return {
    domain,
    key: dkim && { ...dkimRecord(dkim), seenAt: dkim.seenAt, fits: dkim.domain === domain },
  };
}

/**
 * Makes a key for the domain that the account sends from, instead of one that it had. Nothing is signed with it before its
 * record was seen. @throws AppError CONFLICT for what is no mail server of the workspace's own
 */
export const makeDkimKey = (ctx: Context, accountId: string): Promise<void> =>
  change(ctx, accountId, "channel_account.dkim_made", async (_tx, domain) => {
    const { key, privateKey } = makeDkimKeyPair(domain);
    return { dkim: key, encryptedDkimKey: encryptSecret(privateKey) };
  });

/** Signs no more: the mail server does, or nobody. */
export const dropDkimKey = (ctx: Context, accountId: string): Promise<void> =>
  change(ctx, accountId, "channel_account.dkim_dropped", async () => ({
    dkim: null,
    encryptedDkimKey: null,
  }));

export type DkimCheck = { found: boolean; sentence: string };

/** Looks the record up in the DNS. When it holds the key, mails are signed from the next one on. */
export async function checkDkim(ctx: Context, accountId: string, ask = resolveTxt): Promise<DkimCheck> {
  const key = await withTransaction(ctx, async (tx) => (await lockAccount(tx, ctx, accountId)).dkim);
  if (!key) throw new AppError("CONFLICT", "There is no key yet: make one first.");
  const { name } = dkimRecord(key);
  const said = await lookUp(name, key, ask);
  if (said !== null) return { found: false, sentence: said };
  await change(ctx, accountId, "channel_account.dkim_seen", async (tx, _domain, now) =>
    now.dkim?.selector === key.selector && now.dkim.seenAt === null
      ? { dkim: { ...now.dkim, seenAt: (await readClock(tx)).toISOString() } }
      : null,
  );
  return { found: true, sentence: `${name} holds the key: mails of this account are signed.` };
}

/** What is wrong with the record; null when it holds the key. */
async function lookUp(name: string, key: DkimKey, ask: typeof resolveTxt): Promise<string | null> {
  try {
    const records = (await ask(name)).map((pieces) => pieces.join(""));
    if (records.some((record) => isRecordOf(record, key))) return null;
    return `${name} is there and holds another key. Replace it with the value shown here.`;
  } catch (error) {
    const { code } = error as { code?: string };
    return code === "ENOTFOUND" || code === "ENODATA"
      ? `${name} is not in the DNS yet. A new record can take an hour to be seen everywhere.`
      : `The DNS does not answer (${code ?? "no reason given"}). Try again in a minute.`;
  }
}

type Row = Awaited<ReturnType<typeof lockAccount>>;
type Change = (
  tx: Transaction,
  domain: string,
  now: Row,
) => Promise<Partial<typeof channelAccounts.$inferInsert> | null>;

function change(ctx: Context, accountId: string, action: string, make: Change): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const now = await lockAccount(tx, ctx, accountId);
    const domain = ownDomain(now);
    if (domain === null) throw new AppError("CONFLICT", "Only mail servers of your own are signed for here.");
    const values = await make(tx, domain, now);
    if (values === null) return;
    await tx.update(channelAccounts).set(values).where(eq(channelAccounts.id, now.id));
    await recordAudit(tx, ctx, {
      action,
      subjectType: "channel_account",
      subjectId: now.id,
      after: { domain },
    });
    await bumpTopics(tx, ctx, "channels");
  });
}

function ownDomain(account: Pick<Row, "provider" | "config">): string | null {
  if (account.provider !== "smtp" || isBuiltIn(account)) return null;
  return String(account.config.fromAddress).split("@").at(-1)?.toLowerCase() ?? null;
}
