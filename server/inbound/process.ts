import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { loggerFor } from "@/server/platform/logger";
import { failureText } from "@/server/platform/safe-error";
import { unsubscribe } from "@/server/tracking";
import { actOn, type MailOutcome } from "./act-on";
import { readInboundAddress } from "./address";
import { readMail } from "./read-mail";

const log = loggerFor("inbound mail");
const BATCH = 20;
const MOST_ATTEMPTS = 8;
const KEPT_DAYS = 30;

type Stored = {
  id: string;
  digest: string;
  recipient: string;
  raw: Buffer;
  receivedAt: Date;
  attempts: number;
};

/** Works through the mails that came, oldest first. True when there may be more. */
export async function processMails(): Promise<boolean> {
  const taken = await hotSql().begin(async (tx) => {
    const sql = tx as unknown as Sql;
    const mails = await sql<Stored[]>`
      select id::text, digest, recipient, raw, received_at as "receivedAt", attempts from inbound_mails
      where processed_at is null order by attempts, id limit ${BATCH} for update skip locked`;
    for (const mail of mails) await process(sql, mail);
    return mails.filter(({ attempts }) => attempts === 0).length;
  });
  return taken === BATCH;
}

/** One after the other; one that fails is tried again after the others, and given up in the end. */
async function process(sql: Sql, mail: Stored): Promise<void> {
  try {
    const to = readInboundAddress(mail.recipient);
    const read = await readMail(mail.raw, to?.for === "bounce");
    const leaving = to?.for === "unsubscribe" && read.kind === "reply";
    const outcome = leaving
      ? await leave(to.token)
      : await actOn({ ...read, publicId: to?.publicId ?? read.publicId }, mail);
    await sql`
      update inbound_mails set processed_at = clock_now(), outcome = ${outcome}, failure = null where id = ${mail.id}`;
  } catch (error) {
    const failure = failureText(error);
    const givenUp = mail.attempts + 1 >= MOST_ATTEMPTS;
    if (givenUp) log.error({ mailId: mail.id, failure }, "a mail was given up; it stays in inbound_mails");
    await sql`
      update inbound_mails set attempts = attempts + 1, failure = ${failure},
        processed_at = case when ${givenUp}::boolean then clock_now() end, outcome = case when ${givenUp}::boolean then 'given_up' end
      where id = ${mail.id}`;
  }
}

/** Whatever was written to that address: only the message's own reader was given it (RFC 2369). */
const leave = async (token: string): Promise<MailOutcome> =>
  (await unsubscribe(token, "mail")) ? "unsubscribed" : "unknown";

/** Removes what was processed long ago: it holds people's words. True when there may be more. */
export async function forgetMails(): Promise<boolean> {
  const gone = await hotSql()`
    delete from inbound_mails where id in (select id from inbound_mails
      where processed_at < clock_now() - ${KEPT_DAYS} * interval '1 day' order by id limit 1000) returning 1`;
  return gone.length === 1_000;
}
