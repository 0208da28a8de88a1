import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { AccountRow } from "../adapters";
import { type Channel, channels, type Provider } from "../status";
import { verifyToken, webhookAddress } from "../webhook-address";
import { hasInstallationSmtp } from "./account-for";
import { isBuiltIn } from "./find-account";
import { openSecrets } from "./settings-of";

/** An account's health: what a person needs to know at a glance. */
export type Health =
  | { state: "works"; at: string }
  | { state: "untried" }
  | { state: "paused" }
  /** Paused because something is wrong: what, and since when. */
  | { state: "trouble"; sentence: string; at: string };

export type AccountLine = {
  id: string;
  channel: Channel;
  provider: Provider;
  name: string;
  /** Who the messages seem to come from, or which server carries them. */
  sender: string;
  status: "active" | "paused";
  /** What is sent on its channel goes through it now. */
  carries: boolean;
  isDefault: boolean;
  builtIn: boolean;
  ratePerSecond: number | null;
  dailyLimit: number | null;
  health: Health;
  config: Record<string, unknown>;
  /** Names of the secrets that are stored; never what they are. */
  secretsSet: string[];
  /** What to copy into the provider's console; null where the provider posts nothing. */
  webhook: { address: string; verifyToken: string | null } | null;
};

export type Accounts = { accounts: AccountLine[]; isDemo: boolean };

type Row = AccountRow & {
  isDefault: boolean;
  trouble: string | null;
  troubleAt: string | null;
  lastAcceptedAt: string | null;
  carries: boolean;
  isDemo: boolean;
};

/** The workspace's accounts that are in use, by channel; those that carry it first. */
export async function listAccounts(ctx: Context): Promise<Accounts> {
  const smtp = hasInstallationSmtp();
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<Row>(sql`
      select a.id, a.workspace_id as "workspaceId", a.channel, a.provider, a.name, a.config,
        a.encrypted_secrets as "encryptedSecrets", a.status, a.rate_per_second as "ratePerSecond",
        a.daily_limit as "dailyLimit", a.is_default as "isDefault", a.trouble,
        to_json(a.trouble_at) #>> '{}' as "troubleAt", to_json(a.last_accepted_at) #>> '{}' as "lastAcceptedAt",
        a.id = carrying_account(a.workspace_id, a.channel, ${smtp}) as carries, w.is_demo as "isDemo"
      from channel_accounts a join workspaces w on w.id = a.workspace_id
      where a.workspace_id = ${ctx.workspaceId} and a.status <> 'archived'
        and (${smtp} or not a.config @> '{"installation": true}')
      order by carries desc, a.created_at, a.id`),
  );
  return {
    isDemo: rows[0]?.isDemo ?? false,
    accounts: rows.map(toLine).toSorted((a, b) => channels.indexOf(a.channel) - channels.indexOf(b.channel)),
  };
}

function toLine(row: Row): AccountLine {
  const { id, channel, provider, name, isDefault, carries, ratePerSecond, dailyLimit, config } = row;
  const posts = provider === "meta" || provider === "twilio" || provider === "msg91";
  return {
    ...{ id, channel, provider, name, isDefault, carries, ratePerSecond, dailyLimit, config },
    sender: senderOf(row),
    status: row.status === "active" ? "active" : "paused",
    builtIn: isBuiltIn(row),
    health: healthOf(row),
    secretsSet: Object.keys(openSecrets(row.encryptedSecrets)),
    webhook: posts
      ? { address: webhookAddress(row), verifyToken: provider === "meta" ? verifyToken(id) : null }
      : null,
  };
}

function healthOf({ status, trouble, troubleAt, lastAcceptedAt }: Row): Health {
  if (status === "paused")
    return trouble && troubleAt
      ? { state: "trouble", sentence: trouble, at: troubleAt }
      : { state: "paused" };
  return lastAcceptedAt ? { state: "works", at: lastAcceptedAt } : { state: "untried" };
}

function senderOf({ provider, config }: Row): string {
  const text = (key: string) => (typeof config[key] === "string" ? config[key] : "");
  switch (provider) {
    case "meta":
      return text("displayNumber") || `Phone number id ${text("phoneNumberId")}`;
    case "twilio":
      return text("from") || text("messagingServiceSid");
    case "msg91":
      return `Entity ${text("entityId")}`;
    case "smtp":
      return config.installation === true ? "SMTP_URL" : `${text("fromAddress")} through ${text("host")}`;
    case "sandbox":
      return "Delivers inside Ringback";
  }
}
