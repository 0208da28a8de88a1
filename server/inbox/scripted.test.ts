import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { closeAdapters } from "@/server/channels";
import { changeScript, getScript } from "@/server/channels/sandbox/change-script";
import { quietScript, type SandboxConfig } from "@/server/channels/sandbox/schemas";
import { scriptedReplies } from "@/server/channels/sandbox/script-words";
import { runFigures } from "@/server/deliveries";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { classifyReply } from "@/server/responses/classify";
import { playScripts } from "@/server/worker/scripted";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let numbers = 9_100_000_000;

beforeEach(async () => {
  await db.setClock("2026-11-25T12:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const script = (given: Partial<SandboxConfig>) =>
  changeScript(ctx, { ...quietScript, fastest: 10, slowest: 100, seed: "test", ...given });

/** A campaign to so many customers, delivered. */
async function delivered(size: number, channel: "email" | "whatsapp" = "email") {
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: size }, () => ({ phone: `+91${++numbers}` })),
  );
  for (const purpose of ["service", "promotional"] as const)
    await grantConsent(db.owner, ctx.workspaceId, purpose, [channel]);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, { channels: [channel] });
  await freezeRun(ctx, campaign);
  await drain();
  return campaign;
}

const figuresOf = async (campaign: { campaignId: string }) => {
  const { delivered, opened, clicked, replied, unsubscribed } = await runFigures(ctx, campaign);
  return { delivered, opened, clicked, replied, unsubscribed };
};
const playAll = async () => {
  while (await playScripts());
};
const waiting = async () => (await getScript(ctx)).waiting;

describe("scripted customers", () => {
  test("open, click and answer in the chosen shares, when it is time, and the figures equal the rows", async () => {
    await script({ open: 0.5, click: 0.4, reply: 0.1 });
    const campaign = await delivered(120);
    await db.setClock("2026-11-25T12:00:05+05:30");
    await playAll();
    expect(await figuresOf(campaign)).toMatchObject({ delivered: 120, opened: 0, replied: 0 });
    await db.setClock("2026-11-25T12:05:00+05:30");
    await playAll();
    const figures = await figuresOf(campaign);
    for (const [share, low, high] of [
      [figures.opened, 40, 90],
      [figures.clicked, 10, 45],
      [figures.replied, 3, 28],
    ] as const)
      expect(share >= low && share <= high, `${share}`).toBe(true);
    expect(await waiting()).toBe(0);
    const [rows] = await db.owner`
      select count(distinct seq) filter (where kind = 'opened')::int as opened, count(distinct seq) filter (where kind = 'clicked')::int as clicked,
        count(distinct seq) filter (where kind = 'replied')::int as replied,
        bool_and(kind = 'opened' or seq in (select seq from delivery_events o where o.run_number = d.run_number and o.kind = 'opened')) as "openedFirst"
      from delivery_events d where run_number = ${campaign.runNumber} and kind in ('opened', 'clicked', 'replied')`;
    expect(rows).toEqual({ ...pick(figures), openedFirst: true });
  });

  test("played again after a crash, or by two workers at once, each did it once", async () => {
    await script({ open: 1, click: 1, reply: 1 });
    const campaign = await delivered(20);
    await db.setClock("2026-11-25T12:05:00+05:30");
    const acts = await db.owner`select * from sandbox_acts where workspace_id = ${ctx.workspaceId}`;
    expect(acts).toHaveLength(60);
    await Promise.all([playScripts(), playScripts()]);
    await playAll();
    await db.owner`insert into sandbox_acts ${db.owner(acts)}`;
    await playAll();
    const responses = await db.owner`select class from responses where workspace_id = ${ctx.workspaceId}`;
    expect(responses).toHaveLength(20);
    // An absence note is kept, and is no reply.
    const replied = responses.filter(({ class: found }) => found !== "auto_reply").length;
    expect(pick(await figuresOf(campaign))).toEqual({ opened: 20, clicked: 20, replied });
  });

  test("read WhatsApp messages: the receipt makes the message read, and the campaign opened", async () => {
    await script({ open: 1 });
    const campaign = await delivered(5, "whatsapp");
    await db.setClock("2026-11-25T12:05:00+05:30");
    await playAll();
    expect(await figuresOf(campaign)).toMatchObject({ delivered: 5, opened: 5, clicked: 0 });
    const read = await db.owner`
      select 1 from delivery_events where run_number = ${campaign.runNumber} and kind = 'read' and first`;
    expect(read).toHaveLength(5);
  });

  test("do the same again with the same seed, and something else with another", async () => {
    const planned = async () =>
      (
        await db.owner`select m.public_id, a.kind, a.link, a.reply from sandbox_acts a
          join sandbox_messages m on m.id = a.message_id where a.workspace_id = ${ctx.workspaceId} order by 1, 2`
      ).map((row) => JSON.stringify(row));
    await script({ open: 0.5, click: 0.5, reply: 0.5 });
    const { runNumber } = await delivered(30);
    const first = await planned();
    const again = async (seed: string) => {
      await script({ open: 0.5, click: 0.5, reply: 0.5, seed });
      await db.owner`delete from sandbox_acts where workspace_id = ${ctx.workspaceId}`;
      await db.owner`delete from sandbox_messages where workspace_id = ${ctx.workspaceId}`;
      await db.owner`delete from execution_results where run_number = ${runNumber}`;
      await db.owner`update execution_batches set status = 'open', cursor = 0, recorded = 0, lease_until = null, lease_owner = null
        where run_number = ${runNumber}`;
      await closeAdapters();
      await drain();
      return planned();
    };
    expect(await again("test")).toEqual(first);
    expect(await again("another")).not.toEqual(first);
  });

  test("stop at once when everything is switched off; only an administrator sets it", async () => {
    await script({ open: 1 });
    const campaign = await delivered(3);
    await changeScript(ctx, quietScript);
    await db.setClock("2026-11-25T12:05:00+05:30");
    await playAll();
    expect(await figuresOf(campaign)).toMatchObject({ delivered: 3, opened: 0 });
    expect(await waiting()).toBe(0);
    const marketer = await makeMember(db.owner, ctx.workspaceId, "marketer");
    await expect(changeScript(marketer, quietScript)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getScript(marketer)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const audited = await db.owner`
      select 1 from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'channel_account.changed'`;
    expect(audited).toHaveLength(6);
  });

  test("bounce by address: the same ones each time, which are then suppressed", async () => {
    await script({ bounce: 0.5 });
    const campaign = await delivered(60);
    const { failed } = await runFigures(ctx, campaign);
    expect(failed > 12 && failed < 48, `${failed}`).toBe(true);
    const list = await db.owner`select 1 from suppressions where workspace_id = ${ctx.workspaceId}`;
    expect(list).toHaveLength(failed);
  });

  test.each(scriptedReplies.flatMap(({ says, words }) => words.map((text) => [text, says])))(
    "“%s” is heard as %s",
    (text, says) => {
      expect(classifyReply({ text }).class).toBe(says);
    },
  );
});

const pick = ({ opened, clicked, replied }: { opened: number; clicked: number; replied: number }) => ({
  opened,
  clicked,
  replied,
});
