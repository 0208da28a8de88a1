import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { readRules } from "../rules";
import type { TelephonyRules } from "../schemas";
import { type CallPurpose, type TelephonyProvider, telephonyEditors } from "../status";
import { missedCallAddress } from "../webhook-address";
import { storedSecrets } from "./save-account";

/** Whether an account works, in a word and a sentence. */
export type TelephonyHealth =
  | { state: "works"; at: string }
  | { state: "untried" | "paused" }
  | { state: "trouble"; sentence: string; at: string };

export type TelephonyAccountLine = {
  id: string;
  provider: TelephonyProvider;
  name: string;
  config: Record<string, unknown>;
  /** Names of the secrets that are stored; their values never leave the server. */
  secretsSet: string[];
  callsPerMinute: number;
  /** Where the provider tells of calls that nobody took; may hold a key, so null for who may not change the account. */
  missedCallAddress: string | null;
  health: TelephonyHealth;
};

export type TelephonySetup = {
  rules: TelephonyRules;
  accounts: TelephonyAccountLine[];
  lines: { purpose: CallPurpose; number: string; accountId: string }[];
  /** The demo's people are made up: nobody can be called. */
  isDemo: boolean;
};

/** Everything that Settings, Telephony shows. Nothing in it is secret but the addresses that only administrators read. */
export function readSetup(ctx: Context): Promise<TelephonySetup> {
  return withTransaction(ctx, async (tx) => {
    const [workspace] = await tx.execute<{ isDemo: boolean }>(
      sql`select is_demo as "isDemo" from workspaces where id = ${ctx.workspaceId}`,
    );
    const lines = await tx.execute<TelephonySetup["lines"][number]>(sql`
      select purpose, number, account_id as "accountId" from telephony_lines
      where workspace_id = ${ctx.workspaceId} order by purpose desc`);
    return {
      rules: await readRules(tx, ctx),
      accounts: await readAccounts(tx, ctx),
      lines: [...lines],
      isDemo: workspace?.isDemo ?? false,
    };
  });
}

type Row = Omit<TelephonyAccountLine, "health" | "secretsSet" | "missedCallAddress"> & {
  encryptedSecrets: string;
  status: "active" | "paused";
  trouble: string | null;
  troubleAt: string | null;
  lastPlacedAt: string | null;
};

const MOST = 50;

async function readAccounts(tx: Transaction, ctx: Context): Promise<TelephonyAccountLine[]> {
  const rows = await tx.execute<Row>(sql`
    select id, provider, name, config, encrypted_secrets as "encryptedSecrets", calls_per_minute as "callsPerMinute",
      status, trouble, to_json(trouble_at) #>> '{}' as "troubleAt", to_json(last_placed_at) #>> '{}' as "lastPlacedAt"
    from telephony_accounts
    where workspace_id = ${ctx.workspaceId} and status <> 'archived' order by created_at, id limit ${MOST}`);
  const mayEdit = (telephonyEditors as readonly (string | null)[]).includes(ctx.role);
  return rows.map(({ encryptedSecrets, status, trouble, troubleAt, lastPlacedAt, ...line }) => ({
    ...line,
    secretsSet: Object.keys(storedSecrets(encryptedSecrets)),
    missedCallAddress: mayEdit ? missedCallAddress(line) : null,
    health: healthOf({ status, trouble, troubleAt, lastPlacedAt }),
  }));
}

function healthOf(row: Pick<Row, "status" | "trouble" | "troubleAt" | "lastPlacedAt">): TelephonyHealth {
  if (row.trouble !== null && row.troubleAt !== null)
    return { state: "trouble", sentence: row.trouble, at: row.troubleAt };
  if (row.status === "paused") return { state: "paused" };
  return row.lastPlacedAt === null ? { state: "untried" } : { state: "works", at: row.lastPlacedAt };
}
