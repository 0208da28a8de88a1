import type { Sql } from "postgres";
import { env } from "@/env";
import type { ChannelAdapter } from "../adapter";
import { type AccountRow, adapterOf } from "../adapters";
import type { Channel, Provider } from "../status";

/** What carries a channel of a workspace, ready to send. */
export type Account = {
  accountId: string;
  workspaceId: string;
  channel: Channel;
  provider: Provider;
  name: string;
  adapter: ChannelAdapter;
  /** Messages a second over all workers: the account's own setting, else what the provider allows; null: no limit. */
  ratePerSecond: number | null;
  dailyLimit: number | null;
  /** `paused`: nothing is handed to it, and nothing is burnt. */
  status: "active" | "paused";
  /** It did not answer the last time: it rests, or somebody may try it again. Null: nothing is known against it. */
  unreachable: "resting" | "rested" | null;
};

/** Whether SMTP_URL gives real workspaces a mail server of the installation. */
export const hasInstallationSmtp = (): boolean => env.SMTP_URL !== undefined;

/**
 * The account that carries a channel now: the workspace's default, else the installation's mail server where SMTP_URL is
 * set, else the sandbox. The demo workspace always has the sandbox: its made-up people must never be written to. Runs in
 * the caller's transaction, which is the workspace's.
 */
export async function accountFor(sql: Sql, workspaceId: string, channel: Channel): Promise<Account> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from channel_accounts a
    where a.id = carrying_account(${workspaceId}, ${channel}, ${hasInstallationSmtp()})`;
  if (!row) throw new Error(`workspace ${workspaceId} has no account for ${channel}`);
  return toAccount(row);
}

/** One account by its id, whatever its state; null when it is not in this workspace. */
export async function accountById(sql: Sql, workspaceId: string, accountId: string): Promise<Account | null> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from channel_accounts a where a.id = ${accountId} and a.workspace_id = ${workspaceId}`;
  return row ? toAccount(row) : null;
}

type Row = AccountRow & Pick<Account, "unreachable">;

const columns = (
  sql: Sql,
) => sql`a.id, a.workspace_id as "workspaceId", a.channel, a.provider, a.name, a.config,
  a.encrypted_secrets as "encryptedSecrets", a.status, a.rate_per_second as "ratePerSecond",
  a.daily_limit as "dailyLimit", a.webhook_generation as "webhookGeneration", a.dkim,
  a.encrypted_dkim_key as "encryptedDkimKey",
  (select case when k.unreachable_until > clock_now() then 'resting' else 'rested' end from channel_buckets k
    where k.account_id = a.id and k.unreachable_until is not null) as unreachable`;

function toAccount(row: Row): Account {
  const adapter = adapterOf(row);
  return {
    accountId: row.id,
    workspaceId: row.workspaceId,
    channel: row.channel,
    provider: row.provider,
    name: row.name,
    adapter,
    ratePerSecond: row.ratePerSecond ?? adapter.limits.perSecond,
    dailyLimit: row.dailyLimit,
    status: row.status === "active" ? "active" : "paused",
    unreachable: row.unreachable,
  };
}
