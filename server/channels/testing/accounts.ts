import type { Sql } from "postgres";
import { newId } from "@/server/platform/ids";
import { encryptSecret } from "@/server/platform/secrets";
import { metaSettings } from "../meta/testing/fake";
import { msg91Settings } from "../msg91/testing/fake";
import type { AddAccountInput } from "../schemas";
import type { Channel, Provider } from "../status";
import { twilioSettings } from "../twilio/testing/fake";

const settings = {
  meta: {
    config: {
      phoneNumberId: metaSettings.phoneNumberId,
      businessAccountId: metaSettings.businessAccountId,
    },
    secrets: { accessToken: metaSettings.accessToken, appSecret: metaSettings.appSecret },
  },
  twilio: {
    config: { accountSid: twilioSettings.accountSid, from: twilioSettings.from },
    secrets: { authToken: twilioSettings.authToken },
  },
  msg91: { config: { entityId: msg91Settings.entityId }, secrets: { authKey: msg91Settings.authKey } },
} as const;

/** A default account with a provider whose stand-in runs; made with the owner's connection. Returns its id. */
export async function makeAccount(
  owner: Sql,
  workspaceId: string,
  { channel, provider }: { channel: Channel; provider: Exclude<Provider, "sandbox" | "smtp"> },
): Promise<string> {
  const id = newId();
  const { config, secrets } = settings[provider];
  await owner`
    insert into channel_accounts (id, workspace_id, channel, provider, name, config, encrypted_secrets, is_default)
    values (${id}, ${workspaceId}, ${channel}, ${provider}, ${provider}, ${owner.json(config)},
      ${encryptSecret(JSON.stringify(secrets))}, true)`;
  return id;
}

/** What somebody types to add a WhatsApp account with the stand-in of Meta. */
export const metaAccount = {
  channel: "whatsapp",
  provider: "meta",
  name: "Suraksha WhatsApp",
  ...settings.meta,
  makeDefault: true,
} as const satisfies AddAccountInput;

/** The same for a mail server of one's own on this machine; it stands for a public one (`ALLOW_PRIVATE_HOSTS`). */
export const smtpAccount = (port: number) =>
  ({
    channel: "email",
    provider: "smtp",
    name: "Own server",
    config: { host: "127.0.0.1", port, fromAddress: "hello@suraksha.test" },
    secrets: {},
    makeDefault: true,
  }) as const satisfies AddAccountInput;
