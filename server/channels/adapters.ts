import { ZodError } from "zod";
import { env } from "@/env";
import { loggerFor } from "@/server/platform/logger";
import { decryptSecret } from "@/server/platform/secrets";
import type { ChannelAdapter, SendOutcome } from "./adapter";
import { readStoredFile } from "./files";
import { metaAdapter } from "./meta";
import { metaConfig, metaSecrets } from "./meta/schemas";
import { msg91Adapter } from "./msg91";
import { msg91Config, msg91Secrets } from "./msg91/schemas";
import { refusalsOf } from "./sandbox/refusals";
import { sandboxAdapter } from "./sandbox/sandbox";
import { sandboxConfig } from "./sandbox/schemas";
import { scriptOf } from "./sandbox/script";
import { parseSmtpUrl } from "./smtp/connections";
import type { DkimKey, Signer } from "./smtp/dkim";
import { type SmtpConfig, smtpConfig, smtpSecrets } from "./smtp/schemas";
import { smtpAdapter } from "./smtp/smtp";
import type { Channel, Provider } from "./status";
import { twilioAdapter } from "./twilio";
import { twilioConfig, twilioSecrets } from "./twilio/schemas";
import { webhookAddress, webhookKey } from "./webhook-address";

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
  webhookGeneration: number;
  dkim: DkimKey | null;
  encryptedDkimKey: string | null;
};

/** What an adapter is made from. Only here are the secrets in the clear. */
type Settings = {
  row: Pick<AccountRow, "id" | "workspaceId" | "channel" | "provider" | "config" | "webhookGeneration"> &
    Partial<Pick<AccountRow, "dkim" | "encryptedDkimKey">>;
  secrets: Record<string, string>;
};

const builders: Record<Provider, (settings: Settings) => ChannelAdapter> = {
  sandbox: ({ row }) => {
    const config = sandboxConfig.parse(row.config);
    return sandboxAdapter(row.channel, refusalsOf(config), scriptOf(config));
  },
  smtp: ({ row, secrets }) =>
    row.config.installation === true
      ? smtpAdapter(parseSmtpUrl(env.SMTP_URL ?? ""))
      : ownSmtp(smtpConfig.parse(row.config), smtpSecrets.parse(secrets).password, signerOf(row)),
  meta: ({ row, secrets }) =>
    metaAdapter(metaConfig.parse(row.config), metaSecrets.parse(secrets), readStoredFile),
  twilio: ({ row, secrets }) =>
    twilioAdapter({
      accountId: row.id,
      channel: row.channel,
      config: twilioConfig.parse(row.config),
      secrets: twilioSecrets.parse(secrets),
      door: webhookAddress(row),
    }),
  msg91: ({ row, secrets }) =>
    msg91Adapter(msg91Config.parse(row.config), msg91Secrets.parse(secrets), webhookKey(row)),
};

const ownSmtp = (
  { host, port, security, user, fromAddress }: SmtpConfig,
  password: string,
  signer: Signer | null,
): ChannelAdapter =>
  smtpAdapter(
    { host, port, secure: security === "tls", user, password, verifyCertificate: true, trusted: false },
    fromAddress,
    signer,
  );

/** Only a key whose record was seen signs: a signature that nobody can check is worse than none. */
function signerOf({ dkim, encryptedDkimKey }: Settings["row"]): Signer | null {
  if (!dkim?.seenAt || !encryptedDkimKey) return null;
  return { domain: dkim.domain, selector: dkim.selector, privateKey: decryptSecret(encryptedDkimKey) };
}

type Pooled = { made: string; adapter: ChannelAdapter };

const pool = new Map<string, Pooled>();

/**
 * The one adapter instance of an account in this process: its connections are shared by all lanes. Made again when the
 * account's settings change; never throws: an account that cannot be set up refuses as a configuration error.
 */
export function adapterOf(row: AccountRow): ChannelAdapter {
  const made = JSON.stringify([
    row.provider,
    row.config,
    row.encryptedSecrets,
    row.webhookGeneration,
    row.dkim,
    row.encryptedDkimKey,
    env.SMTP_URL,
  ]);
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

/** An adapter of its own, outside the pool: to ask a provider about settings that are not saved. Close it afterwards. */
export const makeAdapter = (row: Settings["row"], secrets: Record<string, string>): ChannelAdapter =>
  builders[row.provider]({ row, secrets });

function build(row: AccountRow): ChannelAdapter {
  try {
    return makeAdapter(row, readSecrets(row));
  } catch (error) {
    // The reason may quote a setting; the log gets the account only.
    log.error({ accountId: row.id, provider: row.provider }, "an account cannot be set up");
    const sentence =
      error instanceof ZodError
        ? `The settings of “${row.name}” are incomplete. Nothing was lost: complete them, then resume the account.`
        : (error as Error).message;
    return brokenAdapter(row.provider, sentence);
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

/** What a provider posted cannot be told from what a stranger did until a person has mended the account. */
export class BrokenAccount extends Error {
  constructor() {
    super("the account cannot be set up");
  }
}

const cannotTell = (): never => {
  throw new BrokenAccount();
};

/** Takes nothing and burns nothing: every message, and what its provider tells, waits until a person has mended the account. */
function brokenAdapter(name: string, sentence: string): ChannelAdapter {
  const outcome: SendOutcome = {
    kind: "configuration",
    scope: "account",
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
    webhooks: { verify: cannotTell, parse: cannotTell },
  };
}
