import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { ChannelAdapter, OutboundMessage } from "@/server/channels";
import { withdrawConsent } from "@/server/consent/change-by-hand";
import type { Context } from "@/server/platform/context";
import { recordReply } from "@/server/responses";
import { unsubscribe } from "@/server/tracking";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { unsubscribeUrl } from "./links";
import { encodePublicId } from "./public-id";
import { recordProviderEvents } from "./record-provider-events";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let ids: string[];

const addresses = ["+919876500001", "+919876500002", "+919876500003"];

beforeEach(async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    addresses.map((phone, nth) => ({ phone, email: `customer-${nth}@example.test` })),
  );
  for (const purpose of ["promotional", "service"] as const)
    await grantConsent(db.owner, ctx.workspaceId, purpose, ["email", "whatsapp", "sms"]);
});

const launch = async (purpose: "promotional" | "service", channel: "email" | "whatsapp" = "email") => {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, { purpose, channels: [channel] });
  const run = await freezeRun(ctx, campaign);
  const executions = await db.owner<{ seq: number; customer: string }[]>`
    select seq, customer_id as customer from executions where run_number = ${campaign.runNumber} order by seq`;
  const members = executions.map(({ seq, customer }) => ({
    customer,
    publicId: encodePublicId({ part: run.part ?? 0, runNumber: campaign.runNumber, seq }),
  }));
  return { ...campaign, members };
};

/** Takes every message; does something when the first one goes. */
function atTheFirst(act: () => Promise<unknown>): ChannelAdapter & { sent: string[] } {
  const inner = silentProvider();
  const sent: string[] = [];
  return {
    ...inner,
    sent,
    send: async (workspaceId, messages: OutboundMessage[], hooks) => {
      if (sent.length === 0) await act();
      sent.push(...messages.map(({ customerId }) => customerId ?? ""));
      return inner.send(workspaceId, messages, hooks);
    },
  };
}

const reasonsOf = async (campaign: { campaignId: string }) =>
  (await runFigures(ctx, campaign)).reasons.map(({ reason }) => reason);

describe("during a running campaign", () => {
  type Last = { customer: string; publicId: string; email: string };
  test.each<[way: string, act: (last: Last) => Promise<unknown>, reason: string]>([
    [
      "a STOP by reply",
      (last) =>
        recordReply(ctx, {
          channel: "email",
          from: last.email,
          text: "STOP",
          providerMessageId: "1",
          occurredAt: new Date(),
          origin: "mail",
        }),
      "suppressed",
    ],
    [
      "the one-click link",
      (last) => unsubscribe(unsubscribeUrl(last.publicId).split("/").at(-1) ?? "", "one_click"),
      "suppressed",
    ],
    [
      "a complaint",
      (last) =>
        recordReply(ctx, {
          channel: "email",
          from: last.email,
          text: "This is fraud",
          providerMessageId: "2",
          occurredAt: new Date(),
          origin: "mail",
        }),
      "stop_state",
    ],
    [
      "an opt-out at the provider",
      (last) =>
        recordProviderEvents(ctx, [
          {
            kind: "opted_out",
            channel: "email",
            address: last.email,
            publicId: null,
            occurredAt: new Date(),
          },
        ]),
      "suppressed",
    ],
    [
      "a colleague who takes it down",
      (last) => withdrawConsent(ctx, { customerId: last.customer, channel: "email", purpose: "promotional" }),
      "suppressed",
    ],
  ])("%s stops what was not sent yet to that person, and to nobody else", async (_, act, reason) => {
    const campaign = await launch("promotional");
    const last = campaign.members.at(-1) ?? { customer: "", publicId: "" };
    const email = `customer-${ids.indexOf(last.customer)}@example.test`;
    const adapter = atTheFirst(() => act({ ...last, email }));
    await drain({ adapter, microBatch: 1 });
    expect(adapter.sent).toEqual(campaign.members.slice(0, 2).map(({ customer }) => customer));
    expect(await reasonsOf(campaign)).toEqual([reason]);
  });

  test("a STOP leaves service messages and the other channels as they are", async () => {
    await launch("service");
    const adapter = atTheFirst(() =>
      recordReply(ctx, {
        channel: "email",
        from: "customer-2@example.test",
        text: "STOP",
        providerMessageId: "3",
        occurredAt: new Date(),
        origin: "mail",
      }),
    );
    await drain({ adapter, microBatch: 1 });
    expect(adapter.sent).toHaveLength(3);
    const states = await db.owner`
      select channel, purpose from consent_states where customer_id = ${ids[2] ?? ""} and not granted`;
    expect([...states]).toEqual([{ channel: "email", purpose: "promotional" }]);
  });
});

describe("what a provider answers at once", () => {
  test("“opted out” fails the message and withdraws the consent with evidence, for everybody with the number", async () => {
    const [family = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{ phone: addresses[0] ?? "" }]);
    await db.owner`
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
      values (${ctx.workspaceId}, ${family}, 'whatsapp', 'promotional', true), (${ctx.workspaceId}, ${family}, 'whatsapp', 'service', true)`;
    const campaign = await launch("service", "whatsapp");
    const adapter = silentProvider((_, address) =>
      address === addresses[0]
        ? { kind: "failed", reason: "opted_out", detail: "131050", suppress: false }
        : { kind: "accepted", delivered: false, providerMessageId: null },
    );
    await drain({ adapter });
    expect(await reasonsOf(campaign)).toEqual(["opted_out"]);
    const entries = await db.owner`
      select customer_id, channel, purpose, action, source, evidence ->> 'execution' as execution
      from consents where workspace_id = ${ctx.workspaceId}`;
    const entry = { channel: "whatsapp", purpose: "promotional", action: "withdrawn", source: "provider" };
    expect(entries).toHaveLength(2);
    expect([...entries]).toEqual(
      expect.arrayContaining(
        [ids[0], family].map((id) => expect.objectContaining({ ...entry, customer_id: id })),
      ),
    );
    const ofFirst = campaign.members.filter(({ customer }) => customer === ids[0] || customer === family);
    expect(ofFirst.map(({ publicId }) => publicId)).toEqual(
      expect.arrayContaining(entries.map(({ execution }) => execution)),
    );
    const [listed] = await db.owner`
      select channel, reason, origin from suppressions where workspace_id = ${ctx.workspaceId}`;
    expect(listed).toEqual({ channel: "whatsapp", reason: "unsubscribed", origin: "provider" });
    const audited = await db.owner`
      select 1 from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'consent.withdrawn'`;
    expect(audited).toHaveLength(2);
  });

  test("“no such address” suppresses the address on that channel only", async () => {
    const campaign = await launch("service", "whatsapp");
    await drain({
      adapter: silentProvider((_, address) =>
        address === addresses[1]
          ? { kind: "failed", reason: "address_refused", detail: "131026", suppress: true }
          : { kind: "accepted", delivered: false, providerMessageId: null },
      ),
    });
    expect(await reasonsOf(campaign)).toEqual(["address_refused"]);
    const listed = await db.owner`
      select channel, reason, address_hint as hint from suppressions where workspace_id = ${ctx.workspaceId}`;
    expect([...listed]).toEqual([{ channel: "whatsapp", reason: "hard_bounce", hint: "+91•••0002" }]);
  });
});
