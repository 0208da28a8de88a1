import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { encodePublicId } from "@/server/deliveries";
import { flushTopics } from "@/server/platform/bump-soon";
import { recordClick } from "./record-click";
import { recordOpen } from "./record-open";
import { appleProxy, makeLedgerRun, rollups, visit } from "./testing/ledger";

const db = await testDatabase();
let workspaceId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
});

const arrange = async (body?: string) => {
  const run = await makeLedgerRun(db.owner, workspaceId, body === undefined ? {} : { body });
  return { ...run, publicId: run.publicIds[0] ?? "" };
};
const rows = (runNumber: number) => db.owner`
  select kind, machine, first, link, detail ->> 'rule' as rule from delivery_events
  where run_number = ${runNumber} order by occurred_at, kind`;

describe("opens", () => {
  test("the same message opened twice is one unique open", async () => {
    const { publicId, runNumber } = await arrange();
    await recordOpen(publicId, visit());
    await recordOpen(publicId, visit());
    await recordOpen(publicId, visit({ "x-forwarded-for": "203.0.113.8" }));
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 1, clicked: 0, unsubscribed: 0 });
    const kept = await rows(runNumber);
    expect(kept.map((row) => row.first)).toEqual([true, false]); // the same caller within a minute is one row
  });

  test("a machine's open counts nothing, and the person after it counts once, at their own time", async () => {
    const { publicId, runNumber } = await arrange();
    await recordOpen(publicId, appleProxy());
    expect(await rollups(db.owner, runNumber)).toMatchObject({ opened: 0 });
    await db.moveClock("40 minutes");
    await recordOpen(publicId, visit());
    await db.moveClock("0");
    const kept = await rows(runNumber);
    expect(kept).toMatchObject([
      { machine: true, first: false, rule: "apple_mail_privacy" },
      { machine: false, first: true, rule: null },
    ]);
    const [counted] = await db.owner`
      select opened, bucket = date_bin('15 minutes', (select occurred_at from delivery_events where run_number = ${runNumber} and first), 'epoch'::timestamptz) as at_the_human
      from run_rollups where run_number = ${runNumber}`;
    expect(counted).toEqual({ opened: 1, at_the_human: true });
  });

  test("fifty at once have one first and count one", async () => {
    const { publicId, runNumber } = await arrange();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        recordOpen(publicId, visit({ "x-forwarded-for": `203.0.113.${index}` })),
      ),
    );
    const kept = await rows(runNumber);
    expect(kept.filter((row) => row.first)).toHaveLength(1);
    expect(kept).toHaveLength(50);
    expect(await rollups(db.owner, runNumber)).toMatchObject({ opened: 1 });
  });

  test("one that loses a race against a receipt is told again, and counts once", async () => {
    const { publicId, runNumber } = await arrange();
    await db.owner`create sequence races`;
    await db.owner`
      create function lose() returns trigger language plpgsql security definer as $$ begin
        if nextval('races') <= 2 then raise 'lost' using errcode = '40P01'; end if;
        return new; end $$`;
    await db.owner`create trigger lose before insert on touched_customers for each row execute function lose()`;
    await recordClick(publicId, "0", visit());
    await db.owner`drop trigger lose on touched_customers`;
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 1, clicked: 1, unsubscribed: 0 });
    expect(await rows(runNumber)).toHaveLength(2);
  });

  test("a flood for one message keeps a bounded number of rows", async () => {
    const { publicId, runNumber } = await arrange();
    for (let round = 0; round < 13; round++)
      await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          recordOpen(publicId, visit({ "user-agent": `curl/${round}.${index}` })),
        ),
      );
    expect((await rows(runNumber)).length).toBeLessThanOrEqual(110);
    await recordOpen(publicId, visit());
    expect(await rollups(db.owner, runNumber)).toMatchObject({ opened: 1 });
  });

  test("a forged id records nothing", async () => {
    const { publicId, runNumber, part } = await arrange();
    const elsewhere = encodePublicId({ part, runNumber: runNumber + 1_000_000, seq: 1 });
    for (const forged of ["", "x", `${publicId}A`, publicId.slice(0, -1), elsewhere])
      await recordOpen(forged, visit());
    expect(await rows(runNumber)).toHaveLength(0);
  });

  test("keeps no address, only a keyed hash of it", async () => {
    const { publicId, runNumber } = await arrange();
    await recordOpen(publicId, visit({ "x-forwarded-for": "198.51.100.23, 10.0.0.1" }));
    const [row] = await db.owner`select * from delivery_events where run_number = ${runNumber}`;
    expect(JSON.stringify(row)).not.toContain("198.51.100.23");
    expect(row?.detail.addressHash).toMatch(/^[\w-]{16}$/);
  });

  test("raise the campaign's topic together, not once for each", async () => {
    const { publicId, campaignId } = await arrange();
    const opens = Array.from({ length: 40 }, (_, index) =>
      visit({ "x-forwarded-for": `203.0.113.${index}` }),
    );
    await Promise.all(opens.map((opened) => recordOpen(publicId, opened)));
    await flushTopics();
    const [topic] =
      await db.owner`select version from topic_versions where topic = ${`campaign:${campaignId}`}`;
    // A slow machine may raise it more than once in between, never for each of them.
    expect(Number(topic?.version)).toBeGreaterThan(0);
    expect(Number(topic?.version)).toBeLessThan(opens.length);
  });
});

describe("clicks", () => {
  test("lead only to addresses of the campaign's own content", async () => {
    const { publicId, runNumber } = await arrange();
    expect(await recordClick(publicId, "0", visit())).toBe("https://example.test/renew?a=1&b=2");
    expect(await recordClick(publicId, "1", visit())).toBe("https://example.test/more");
    const before = (await rows(runNumber)).length;
    for (const link of ["2", "-1", "01e", "", "https://evil.test", "99999999", "__proto__", "0.5"])
      expect(await recordClick(publicId, link, visit()), link).toBeNull();
    expect(await recordClick("forged", "0", visit())).toBeNull();
    expect(await rows(runNumber)).toHaveLength(before);
  });

  test("a person who clicks has opened, even with images off; both count once", async () => {
    const { publicId, runNumber } = await arrange();
    await recordClick(publicId, "0", visit());
    await recordOpen(publicId, visit());
    await recordClick(publicId, "0", visit({ "x-forwarded-for": "203.0.113.8" }));
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 1, clicked: 1, unsubscribed: 0 });
  });

  test("a scanner's look at the link counts neither as click nor as open", async () => {
    const { publicId, runNumber } = await arrange();
    await recordClick(publicId, "0", visit({}, "HEAD"));
    await recordClick(publicId, "0", visit({ "user-agent": "Mozilla/5.0 (compatible; Barracuda)" }));
    await recordClick(publicId, "0", visit({ "sec-purpose": "prefetch;prerender" }));
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 0, clicked: 0, unsubscribed: 0 });
    await recordClick(publicId, "0", visit());
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 1, clicked: 1, unsubscribed: 0 });
  });

  test("links followed faster than anyone reads were a machine's, in any order of arrival", async () => {
    const { publicId, runNumber } = await arrange();
    await Promise.all(["0", "1"].map((link) => recordClick(publicId, link, visit())));
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 0, clicked: 0, unsubscribed: 0 });
    expect(new Set((await rows(runNumber)).map((row) => row.machine && row.rule))).toEqual(
      new Set(["click_burst"]),
    );
    await db.moveClock("1 hour");
    await recordClick(publicId, "1", visit());
    await db.moveClock("0");
    expect(await rollups(db.owner, runNumber)).toEqual({ opened: 1, clicked: 1, unsubscribed: 0 });
  });
});
