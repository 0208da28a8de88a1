import { type SQL, sql } from "drizzle-orm";
import type { AccountRow } from "../adapters";
import type { Channel, Provider } from "../status";
import { verifyToken, webhookAddress } from "../webhook-address";
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
  /** Messages a second; null: what the provider allows. */
  ratePerSecond: number | null;
  dailyLimit: number | null;
  health: Health;
  /** Whether the provider posts what becomes of a message. */
  posts: boolean;
};

/** What only those may read who set accounts up. */
export type AccountSettings = {
  config: Record<string, unknown>;
  /** Names of the secrets that are stored; never what they are. */
  secretsSet: string[];
  /** What to copy into the provider's console; null where the provider posts nothing. */
  webhook: { address: string; verifyToken: string | null } | null;
};

export type LineRow = Omit<AccountRow, "encryptedDkimKey"> & {
  isDefault: boolean;
  trouble: string | null;
  troubleAt: string | null;
  lastAcceptedAt: string | null;
  carries: boolean;
};

/** What `toLine` reads of `channel_accounts a`. */
export const lineColumns = (smtp: boolean): SQL => sql`
  a.id, a.workspace_id as "workspaceId", a.channel, a.provider, a.name, a.config,
  a.encrypted_secrets as "encryptedSecrets", a.status, a.rate_per_second as "ratePerSecond",
  a.daily_limit as "dailyLimit", a.webhook_generation as "webhookGeneration", a.dkim, a.is_default as "isDefault", a.trouble,
  to_json(a.trouble_at) #>> '{}' as "troubleAt", to_json(a.last_accepted_at) #>> '{}' as "lastAcceptedAt",
  a.id = carrying_account(a.workspace_id, a.channel, ${smtp}) as carries`;

/** A stored account as lists show it: no settings and no secrets. */
export function toLine(row: LineRow): AccountLine {
  const { id, channel, provider, name, isDefault, carries, ratePerSecond, dailyLimit } = row;
  return {
    ...{ id, channel, provider, name, isDefault, carries, ratePerSecond, dailyLimit },
    sender: senderOf(row),
    status: row.status === "active" ? "active" : "paused",
    builtIn: isBuiltIn(row),
    health: healthOf(row),
    posts: postsWebhooks(provider),
  };
}

/** What its form shows: settings, which secrets are set (never what they are), and where its provider posts. */
export function toSettings(row: LineRow): AccountSettings {
  const { provider, config } = row;
  return {
    config,
    secretsSet: Object.keys(openSecrets(row.encryptedSecrets)),
    webhook: postsWebhooks(provider)
      ? { address: webhookAddress(row), verifyToken: provider === "meta" ? verifyToken(row) : null }
      : null,
  };
}

const postsWebhooks = (provider: Provider): boolean =>
  provider === "meta" || provider === "twilio" || provider === "msg91";

function healthOf({ status, trouble, troubleAt, lastAcceptedAt }: LineRow): Health {
  if (status === "paused")
    return trouble && troubleAt
      ? { state: "trouble", sentence: trouble, at: troubleAt }
      : { state: "paused" };
  return lastAcceptedAt ? { state: "works", at: lastAcceptedAt } : { state: "untried" };
}

function senderOf({ provider, config }: LineRow): string {
  const text = (key: string) => (typeof config[key] === "string" ? config[key] : "");
  switch (provider) {
    case "meta":
      return text("displayNumber") || `Phone number id ${text("phoneNumberId")}`;
    case "twilio":
      return text("from") || text("messagingServiceSid");
    case "msg91":
      return `Entity ${text("entityId")}`;
    case "smtp":
      return config.installation === true
        ? "Set up in SMTP_URL"
        : `${text("fromAddress")} through ${text("host")}`;
    case "sandbox":
      return "Delivers inside Ringback, to nobody's phone";
  }
}
