import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { sendRequestedMail } from "@/server/auth/mail";
import { newId } from "@/server/platform/ids";
import {
  mailRenewalSummaries,
  renewalSummary,
  setRenewalSummary,
  workspacesToSummarise,
} from "./renewal-summary";

const db = await testDatabase();
const received: ParsedMail[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, _session, done) => {
    void simpleParser(stream).then((mail) => {
      received.push(mail);
      done();
    });
  },
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const addressesOf = (mails: ParsedMail[]) =>
  mails.map(({ to }) => (Array.isArray(to) ? "" : (to?.text ?? ""))).sort();

test("who asked is mailed the figures once a day, from 8 of the workspace's clock on", async () => {
  await db.setClock("2026-11-20T07:59:00+05:30");
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  const admin = await makeMember(db.owner, workspaceId);
  const marketer = await makeMember(db.owner, workspaceId, "marketer");
  await makeMember(db.owner, workspaceId, "supervisor");
  const gone = await makeMember(db.owner, workspaceId, "marketer");
  const agent = await makeMember(db.owner, workspaceId, "agent");
  const [customerId = ""] = await makeCustomers(db.owner, workspaceId, [{ name: "Asha Rao" }]);
  const policyId = newId();
  await db.owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode, renewal_date, grace_days)
    values (${policyId}, ${workspaceId}, ${customerId}, 'P1', 'life', 'Jeevan', 'in_force', 1, 'INR', 'monthly', '2026-11-20', 5)`;
  const paid = async (dueDate: string, amount: number, at: string | null) =>
    db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status, paid_at)
      values (${newId()}, ${workspaceId}, ${policyId}, ${customerId}, ${dueDate}, ${amount * 1_000_000}, 'INR', ${at ? "paid" : "due"}, ${at})`;
  await paid("2026-11-20", 125_000, null);
  await paid("2026-11-21", 5_000, "2026-11-19T12:00:00+05:30");
  await paid("2026-11-02", 70_000, null);
  for (const member of [admin, marketer, gone]) await setRenewalSummary(member, { mailed: true });
  await setRenewalSummary(admin, { mailed: true });
  await db.owner`update memberships set status = 'removed' where id = ${gone.membershipId}`;
  await expect(setRenewalSummary(agent, { mailed: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await renewalSummary(marketer)).toMatchObject({ mailed: true });
  expect(await workspacesToSummarise()).not.toContain(workspaceId);

  await db.setClock("2026-11-20T08:00:00+05:30");
  expect(await workspacesToSummarise()).toContain(workspaceId);
  const both = await Promise.all([mailRenewalSummaries(workspaceId), mailRenewalSummaries(workspaceId)]);
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(await workspacesToSummarise()).not.toContain(workspaceId);
  const mails = await db.owner<
    { id: string }[]
  >`select id from system_mails where workspace_id = ${workspaceId}`;
  for (const { id } of mails) await sendRequestedMail(admin, id);
  expect(addressesOf(received)).toEqual(
    [admin, marketer].map(({ userId }) => `${userId}@example.test`).sort(),
  );
  const [mail] = received;
  expect(mail?.subject).toBe("Renewals, 20 Nov 2026 (Test workspace)");
  for (const line of [
    "Due today: 1 premium, ₹1,25,000.",
    "Paid yesterday: 1 premium, ₹5,000.",
    "Due: 3 premiums, ₹2,00,000.",
    "Collected in time: ₹5,000 (2.5%).",
    "Unpaid past grace: 1, ₹70,000.",
    "/analytics/renewals",
  ])
    expect(mail?.text).toContain(line);
  expect(mail?.text).not.toContain("Asha");

  await setRenewalSummary(marketer, { mailed: false });
  await db.setClock("2026-11-21T08:10:00+05:30");
  expect(await mailRenewalSummaries(workspaceId)).toBe(1);
});
