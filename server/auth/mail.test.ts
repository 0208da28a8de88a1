import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { requestSystemMail, sendRequestedMail } from "./mail";

const db = await testDatabase();
const received: ParsedMail[] = [];
let refuse = false;
let admin: Awaited<ReturnType<typeof makeMember>>;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, _session, done) => {
    void simpleParser(stream).then((mail) => {
      if (refuse) return done(new Error("mailbox is full"));
      received.push(mail);
      return done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

beforeEach(() => {
  refuse = false;
  received.length = 0;
});

async function request(): Promise<string> {
  await withTransaction(admin, (tx) =>
    requestSystemMail(tx, admin, {
      kind: "invitation",
      to: "नया <new@example.test>",
      subject: "Join “Suraksha”",
      text: "Open https://example.test/invitation/abc",
    }),
  );
  const [mail] = await db.owner<{ id: string }[]>`select id from system_mails order by id desc limit 1`;
  return mail?.id ?? "";
}

test("with a mail server it goes there, once, and not into the sandbox; the engine is asked in the same transaction", async () => {
  const id = await request();
  const [event] = await db.owner`select name, data from outbox where data ->> 'mailId' = ${id}`;
  expect(event).toEqual({ name: "mail/requested", data: { mailId: id, workspaceId: admin.workspaceId } });
  await Promise.all([sendRequestedMail(admin, id), sendRequestedMail(admin, id)]);
  expect(received.map((mail) => [mail.subject, mail.text?.trim()])).toEqual([
    ["Join “Suraksha”", "Open https://example.test/invitation/abc"],
  ]);
  expect(await db.owner`select id from sandbox_messages`).toEqual([]);
});

test("what the mail server refuses is noted, stays whole, and can be sent later", async () => {
  const id = await request();
  refuse = true;
  await expect(sendRequestedMail(admin, id)).rejects.toThrow("mailbox is full");
  const [failed] =
    await db.owner`select sent_at, failure, encrypted_text <> '' as whole from system_mails where id = ${id}`;
  expect(failed).toMatchObject({
    sent_at: null,
    whole: true,
    failure: expect.stringContaining("mailbox is full"),
  });
  refuse = false;
  await sendRequestedMail(admin, id);
  expect(received).toHaveLength(1);
  const [sent] =
    await db.owner`select sent_at is not null as sent, failure from system_mails where id = ${id}`;
  expect(sent).toEqual({ sent: true, failure: null });
});

test("another workspace cannot send it", async () => {
  const id = await request();
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await sendRequestedMail(stranger, id);
  expect(received).toEqual([]);
});
