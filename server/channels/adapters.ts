import { env } from "@/env";
import { loggerFor } from "@/server/platform/logger";
import { decryptSecret } from "@/server/platform/secrets";
import type { ChannelAdapter, SendOutcome } from "./adapter";
import { sandboxAdapter } from "./sandbox/sandbox";
import { smtpAdapter } from "./smtp/smtp";
import type { Channel, Provider } from "./status";

const log = loggerFor("channels");

/** A row of `channel_accounts`, as it is stored. */
export type AccountRow = {
  id: string;
  workspaceId: string;
  channel: Channel;
  provider: Provider;
  name: string;
  config: Record<string, unknown>;
  encryptedSecrets: string | null;
  status: "active" | "paused" | "archived";
  ratePerSecond: number | null;
  dailyLimit: number | null;
};

/** What an adapter is made from. Only here are the secrets in the clear. */
type Settings = { row: AccountRow; secrets: Record<string, string> };

const builders: Partial<Record<Provider, (settings: Settings) => ChannelAdapter>> = {
  sandbox: ({ row }) => sandboxAdapter(row.channel),
  smtp: () => smtpAdapter(env.SMTP_URL ?? ""),
};

type Pooled = { made: string; adapter: ChannelAdapter };

const pool = new Map<string, Pooled>();

/**
 * The one adapter instance of an account in this process: its connections are shared by all lanes. Made again when the
 * account's settings change; never throws: an account that cannot be set up refuses as a configuration error.
 */
export function adapterOf(row: AccountRow): ChannelAdapter {
  const made = JSON.stringify([row.provider, row.config, row.encryptedSecrets, env.SMTP_URL]);
  const known = pool.get(row.id);
  if (known?.made === made) return known.adapter;
  const adapter = build(row);
  pool.set(row.id, { made, adapter });
  // Lanes that hold the old one may finish with it; its idle connections end.
  void known?.adapter.close();
  return adapter;
}

/** Ends every connection; for the end of a process or a test. */
export async function closeAdapters(): Promise<void> {
  const open = [...pool.values()];
  pool.clear();
  await Promise.all(open.map(({ adapter }) => adapter.close()));
}

function build(row: AccountRow): ChannelAdapter {
  const builder = builders[row.provider];
  try {
    if (!builder) throw new Error(`No adapter for ${row.provider} is installed.`);
    return builder({ row, secrets: readSecrets(row) });
  } catch (error) {
    // The reason may quote a setting; the log gets the account only.
    log.error({ accountId: row.id, provider: row.provider }, "an account cannot be set up");
    return brokenAdapter(row.provider, (error as Error).message);
  }
}

function readSecrets(row: AccountRow): Record<string, string> {
  if (row.encryptedSecrets === null) return {};
  try {
    return JSON.parse(decryptSecret(row.encryptedSecrets)) as Record<string, string>;
  } catch {
    throw new Error(
      `The stored secrets of “${row.name}” cannot be read: RINGBACK_SECRET is another one than when they were entered. Enter them again.`,
    );
  }
}

/** Takes nothing and burns nothing: every message waits until a person has mended the account. */
function brokenAdapter(name: string, sentence: string): ChannelAdapter {
  const outcome: SendOutcome = {
    kind: "configuration",
    begun: false,
    detail: "the account is not set up",
    sentence,
  };
  return {
    name,
    idempotent: false,
    limits: { connections: 1, perSecond: null },
    send: async (_workspaceId, messages) => messages.map(() => outcome),
    close: async () => {},
  };
}
