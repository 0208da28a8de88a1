import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { dayIn } from "@/server/platform/days";
import { foldDays } from "./fold-days";
import { workspacePeriod } from "./workspace";

const db = await testDatabase();
const QUARTER_MS = 15 * 60_000;

test.each([
  ["the first hour of a day comes twice", "America/Havana", "2026-10-30", "2026-11-03"],
  ["the last hour of a day comes twice", "Africa/Cairo", "2026-10-28", "2026-11-01"],
  ["a day has no midnight", "Africa/Cairo", "2026-04-22", "2026-04-26"],
  ["clocks move by half an hour", "Australia/Lord_Howe", "2026-10-02", "2026-10-06"],
  ["a zone stands at three quarters", "Asia/Kathmandu", "2026-06-01", "2026-06-04"],
  ["a zone is never the same as the server's", "Pacific/Kiritimati", "2026-06-01", "2026-06-04"],
])("where %s, each quarter of an hour counts on its day", async (_, zone, from, until) => {
  await db.setClock(`${until}T12:00:00Z`);
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = ${zone} where id = ${ctx.workspaceId}`;
  const { campaignId, runNumber } = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  const first = Date.parse(`${from}T00:00:00Z`);
  const quarters = (Date.parse(`${until}T12:00:00Z`) - first) / QUARTER_MS;
  const buckets = Array.from({ length: quarters }, (_, nth) => ({
    ...{ workspace_id: ctx.workspaceId, run_number: runNumber, campaign_id: campaignId, channel: "email" },
    bucket: new Date(first + nth * QUARTER_MS),
    nth: nth + 1,
  }));
  const expected = new Map<string, number>();
  for (const { nth, ...row } of buckets) {
    await db.owner`insert into run_rollups ${db.owner({ ...row, sent: nth })}`;
    await db.owner`insert into conversion_rollups ${db.owner({ ...row, converted: nth })}`;
    const day = dayIn(zone, row.bucket);
    expected.set(day, (expected.get(day) ?? 0) + nth);
  }
  const look = async () => {
    // The first days as "before", the last one as the period, and all of them.
    for (const days of [2, 10]) {
      const shown = await workspacePeriod(ctx, { days, until });
      for (const { at, sent, converted } of shown.days)
        expect([at, sent, converted]).toEqual([at, expected.get(at) ?? 0, expected.get(at) ?? 0]);
      const before = [...expected].filter(([day]) => day < shown.from);
      const asked = before.filter(
        ([day]) => day >= new Date(Date.parse(shown.from) - days * 86_400_000).toISOString().slice(0, 10),
      );
      expect(shown.before.sent).toBe(asked.reduce((sum, [, sent]) => sum + sent, 0));
    }
  };
  await look();
  await foldDays(ctx);
  const folded = await db.owner<{ day: string; sent: number }[]>`
    select day::text, sent from campaign_days where workspace_id = ${ctx.workspaceId} order by day`;
  const over = [...expected].filter(([day]) => day < dayIn(zone, new Date(`${until}T12:00:00Z`)));
  expect(folded.map(({ day, sent }) => [day, sent])).toEqual(over);
  await look();
});
