import { and, eq, isNull } from "drizzle-orm";
import { systemMails } from "@/db/schema/platform";
import { sandboxMessages } from "@/db/schema/sandbox";
import { type Transaction, withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { sendSystemMail } from "@/server/channels/smtp";
import { enqueue } from "@/server/jobs/enqueue";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { failureText } from "@/server/platform/safe-error";
import { decryptSecret, encryptSecret } from "@/server/platform/secrets";

type SystemMail = {
  kind: "invitation" | "password_reset" | "callback" | "renewals";
  to: string;
  subject: string;
  text: string;
};

/** Asks for a mail of the product itself, in the transaction of what caused it; it leaves after the commit. */
export async function requestSystemMail(tx: Transaction, ctx: Context, mail: SystemMail): Promise<void> {
  const id = newId();
  await tx.insert(systemMails).values({
    id,
    workspaceId: ctx.workspaceId,
    kind: mail.kind,
    toAddress: mail.to,
    subject: mail.subject,
    encryptedText: encryptSecret(mail.text),
  });
  await enqueue(tx, ctx, "mail/requested", { mailId: id }, id);
}

/**
 * Sends a requested mail: by SMTP when the host has a mail server, else into the sandbox inbox. The row stays locked
 * meanwhile, so that it leaves once; asking again for a sent mail does nothing. The text holds a one-time link and is
 * wiped afterwards. @throws what the mail server answered, after noting it
 */
export async function sendRequestedMail(ctx: Context, mailId: string): Promise<void> {
  const own = and(eq(systemMails.id, mailId), eq(systemMails.workspaceId, ctx.workspaceId));
  try {
    await withTransaction(ctx, async (tx) => {
      const [mail] = await tx
        .select()
        .from(systemMails)
        .where(and(own, isNull(systemMails.sentAt)))
        .for("update");
      if (!mail) return;
      const text = decryptSecret(mail.encryptedText);
      if (env.SMTP_URL) await sendSystemMail({ to: mail.toAddress, subject: mail.subject, text });
      else await putIntoSandbox(tx, ctx, { ...mail, text });
      await tx.update(systemMails).set({ sentAt: clockNow, encryptedText: "", failure: null }).where(own);
    });
  } catch (error) {
    const failure = failureText(error);
    await withTransaction(ctx, (tx) => tx.update(systemMails).set({ failure }).where(own));
    throw error;
  }
}

type Letter = { id: string; toAddress: string; subject: string; text: string };

async function putIntoSandbox(tx: Transaction, ctx: Context, mail: Letter): Promise<void> {
  await tx
    .insert(sandboxMessages)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      publicId: mail.id,
      kind: "system",
      channel: "email",
      fromAddress: env.MAIL_FROM,
      toAddress: mail.toAddress,
      subject: mail.subject,
      text: mail.text,
    })
    .onConflictDoNothing({ target: sandboxMessages.publicId });
  await bumpTopics(tx, ctx, "inbox");
}
