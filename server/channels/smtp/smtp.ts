import MailComposer from "nodemailer/lib/mail-composer";
import {
  type ChannelAdapter,
  type EmailContent,
  isMail,
  type OutboundMessage,
  type SendOutcome,
} from "../adapter";
import { FileUnavailable, readStoredFile, withoutFile } from "../files";
import { extraHeaders, messageId } from "../headers";
import { classifyConnectError, classifySmtpError, type SmtpError } from "./classify";
import { Session, type SmtpServer } from "./connections";
import { type Signer, signMail } from "./dkim";
import { inboundAddress } from "./inbound-address";
import { SessionPool } from "./pool";
import { isPlainMail, writeMail } from "./write-mail";

type Mail = OutboundMessage<EmailContent>;

const CONNECTIONS = 10;

/**
 * Sends through one SMTP server, under `fromAddress` where one is given, signed where there is a key for its domain. Not idempotent: SMTP has no key, so an answer that is lost after the body leaves the
 * outcome unknown. `start` is called when a connection is free and signed in, so at most ten messages are ever open.
 */
export function smtpAdapter(
  server: SmtpServer,
  fromAddress: string | null = null,
  signer: Signer | null = null,
): ChannelAdapter {
  const pool = new SessionPool(server, CONNECTIONS);

  return {
    name: "smtp",
    idempotent: false,
    limits: { connections: CONNECTIONS, perSecond: null },
    send: async (workspaceId, messages, hooks) => {
      const outcomes: SendOutcome[] = messages.map(() => ({ kind: "not_started" }));
      const mails = messages.filter(isMail).map((mail) => withSender(mail, fromAddress));
      if (mails.length < messages.length) throw new Error("the SMTP adapter carries e-mail only");
      let next = 0;
      const settle = (index: number, outcome: SendOutcome) => {
        outcomes[index] = outcome;
        hooks.finish(index, outcome);
      };
      // Taking the number and starting it happen in one go, so messages start in their order over all connections.
      const carry = async (session: Session): Promise<boolean> => {
        const index = next++;
        const message = mails[index];
        if (!message) return false;
        const made = prepare(message, workspaceId, signer);
        const prepared = made instanceof Promise ? await made.catch(unprepared) : made;
        if ("kind" in prepared) {
          outcomes[index] = prepared;
          next = messages.length;
          return false;
        }
        if (!hooks.start(index)) {
          next = messages.length;
          return false;
        }
        const outcome = await deliver(session, message, prepared);
        if (outcome.kind === "accepted") pool.succeeded();
        if (outcome.kind === "again" && outcome.reason === "throttled") pool.slowDown();
        if (outcome.kind === "configuration") next = messages.length;
        settle(index, outcome);
        return next < messages.length;
      };
      const absent: SmtpError[] = [];
      const connect = () =>
        pool.acquire().catch((error: SmtpError) => {
          absent.push(error);
          return null;
        });
      const run = async () => {
        for (let more = true; more && next < messages.length; ) {
          const session = await connect();
          if (!session) return;
          try {
            more = await carry(session);
          } finally {
            pool.release(session);
          }
        }
      };
      const runs = Array.from({ length: Math.min(CONNECTIONS, messages.length) }, run);
      const ended = await Promise.allSettled(runs);
      const broken = ended.find((end) => end.status === "rejected");
      // A fault of our own, or of what is sent: it says nothing about the server.
      if (broken) throw broken.reason;
      if (absent[0]) {
        const outcome = classifyConnectError(absent[0], `${server.host}:${server.port}`);
        outcomes.forEach((known, index) => {
          if (known.kind === "not_started") outcomes[index] = outcome;
        });
      }
      return outcomes;
    },
    close: async () => pool.close(),
    check: async () => {
      try {
        const session = await Session.open(server);
        session.quit();
        return { ok: true, facts: [`${server.host}:${server.port} answers and takes the sign-in.`] };
      } catch (error) {
        const outcome = classifyConnectError(error as SmtpError, `${server.host}:${server.port}`);
        return {
          ok: false,
          sentence: "sentence" in outcome ? outcome.sentence : "The mail server does not answer.",
        };
      }
    },
  };
}

/** @throws what is not for want of a file */
function unprepared(error: unknown): SendOutcome {
  if (error instanceof FileUnavailable) return withoutFile(error);
  throw error;
}

/** Mail leaves under the account's own address, where it has one: the server signs and accepts only that. */
const withSender = (mail: Mail, address: string | null): Mail =>
  address === null
    ? mail
    : { ...mail, content: { ...mail.content, from: { ...mail.content.from, address } } };

async function deliver(session: Session, message: Mail, prepared: Buffer): Promise<SendOutcome> {
  const returnPath = message.kind === "campaign" ? inboundAddress("bounce", message.publicId) : null;
  const envelope = { from: returnPath ?? message.content.from.address, to: message.to.address };
  const answer = await session.send(envelope, prepared);
  if (answer.ok) return { kind: "accepted", delivered: true, providerMessageId: queueId(answer.response) };
  return classifySmtpError(answer.error, answer.bodyStarted);
}

/** The whole message as its bytes: both parts, our id, the way out, the files that travel with it. */
function prepare(message: Mail, workspaceId: string, signer: Signer | null): Buffer | Promise<Buffer> {
  // The date of a mail is read by its reader's program; nothing is decided by it.
  const made = isPlainMail(message) ? writeMail(message, new Date()) : compose(message, workspaceId);
  const domain = message.content.from.address.split("@").at(-1)?.toLowerCase();
  // A signature of another domain than the sender's proves nothing to those who look (DMARC).
  return signer && signer.domain === domain
    ? Promise.resolve(made).then((mail) => signMail(mail, signer))
    : made;
}

async function compose(message: Mail, workspaceId: string): Promise<Buffer> {
  const { content } = message;
  const attachments = await Promise.all(
    content.attachments.map(async ({ fileId, name, mediaType }) => ({
      filename: name,
      contentType: mediaType,
      content: (await readStoredFile(workspaceId, fileId)).bytes,
    })),
  );
  const composer = new MailComposer({
    from: content.from,
    to: message.to,
    subject: content.subject,
    text: content.text,
    html: content.html ?? undefined,
    messageId: messageId(message),
    headers: extraHeaders(message),
    attachments,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** The server's own name of the message, where its answer gives one ("250 OK: queued as 4F2A"). */
const queueId = (response: string): string | null =>
  /\bqueued as ["<]?([\w.-]{4,80})/i.exec(response)?.[1] ?? null;
