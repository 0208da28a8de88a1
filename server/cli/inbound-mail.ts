import { env } from "@/env";
import { inboundKey } from "@/server/inbound";
import { loadSecrets } from "@/server/platform/installation";

/** Says how mail comes to this installation: by SMTP, or posted by a mail service. Exits 1 where it does not. */
export async function inboundMail(): Promise<number> {
  const { INBOUND_MAIL_DOMAIN: domain, INBOUND_SMTP_PORT: port, INBOUND_SMTP_HOST: host } = env;
  if (!domain) {
    console.log("No mail is received: set INBOUND_MAIL_DOMAIN to the domain whose mail should come here.");
    return 1;
  }
  env.RINGBACK_SECRET ||= loadSecrets(env.RINGBACK_DATA_DIR).RINGBACK_SECRET;
  console.log(`Bounces and answers go to bounce-…@${domain} and reply-…@${domain}.`);
  console.log(
    port
      ? `The worker takes them by SMTP at ${host}:${port}.`
      : "The worker does not listen: INBOUND_SMTP_PORT is not set.",
  );
  console.log(`A mail service posts them to ${env.RINGBACK_URL}/api/mail/inbound?key=${inboundKey()}`);
  return 0;
}
