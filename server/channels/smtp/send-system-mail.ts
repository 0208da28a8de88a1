import { createTransport } from "nodemailer";
import { env } from "@/env";

export type SystemMailMessage = { to: string; subject: string; text: string };

const TIMEOUT_MS = 15_000;

/** Sends one plain-text mail of the product itself through SMTP_URL. @throws Error when it is not accepted */
export async function sendSystemMail({ to, subject, text }: SystemMailMessage): Promise<void> {
  if (!env.SMTP_URL) throw new Error("SMTP_URL is not set");
  const transport = createTransport({
    url: env.SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.sendMail({ from: env.MAIL_FROM, to, subject, text });
  } finally {
    transport.close();
  }
}
