import { createHash } from "node:crypto";
import { hotSql } from "@/db/client";

/** More than any report or answer; larger ones are refused. */
export const LARGEST_MAIL = 10 * 1024 * 1024;

/** Keeps a mail as it came, before anything is done with it. The same mail handed over twice is one. */
export async function storeMail({ recipient, raw }: { recipient: string; raw: Buffer }): Promise<void> {
  const digest = createHash("sha256").update(recipient.toLowerCase()).update("\0").update(raw).digest("hex");
  await hotSql()`
    insert into inbound_mails (digest, recipient, raw) values (${digest}, ${recipient}, ${raw}) on conflict do nothing`;
}
