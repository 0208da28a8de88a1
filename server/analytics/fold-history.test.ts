import { beforeAll, describe, expect, test } from "vitest";
import { makeHistory, numbers } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import type { makeMember } from "@/db/testing/factories";
import { correctConversion } from "@/server/conversions/correct";
import { encodePublicId, recordProviderEvents } from "@/server/deliveries";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { report } from "@/server/deliveries/testing/provider";
import { recordOpen } from "@/server/tracking";
import { visit } from "@/server/tracking/testing/ledger";
import { changeSettings } from "@/server/workspaces/change-settings";
import { foldDays } from "./fold-days";
import { expectPeriod, readRaw } from "./testing/period";
import { unfolded } from "./testing/unfolded";

temporaryDataDir();
const db = await testDatabase();
/** A history is hundreds of acts, one after the other, on a machine that may have other work. */
const HISTORY_MS = 120_000;
type Member = Awaited<ReturnType<typeof makeMember>>;

describe.each([5, 6])("after random history %i", (seed) => {
  let ctx: Member;
  let campaigns: Awaited<ReturnType<typeof makeHistory>>["campaigns"];
  beforeAll(async () => {
    ({ ctx, campaigns } = await makeHistory(db, seed));
  }, HISTORY_MS);

  const look = async () => {
    const raw = await readRaw(db.owner, ctx);
    for (const [days, until] of [
      [1, "2026-11-20"],
      [1, "2026-11-22"],
      [2, "2026-11-24"],
      [5, undefined],
      [30, undefined],
    ] as const)
      await expectPeriod(raw, { days, ...(until && { until }) });
  };

  test(
    "periods equal a recount of raw rows: before days are folded, after, after late changes and in another zone",
    async () => {
      await look();
      expect(await foldDays(ctx)).toEqual({ done: true });
      expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-25T18:30:00Z")).toBe(0);
      await look();

      const next = numbers(seed);
      await db.setClock("2026-11-27T09:00:00+05:30");
      for (const { runNumber } of campaigns) {
        const rows = await db.owner<{ part: number; seq: number }[]>`
        select part, seq from executions where run_number = ${runNumber} and channel is not null order by seq`;
        for (const key of rows.filter(() => next(3) === 0)) {
          const id = encodePublicId({ ...key, runNumber });
          const kind = (["bounced", "read", "delivered"] as const)[next(4)];
          if (kind) await recordProviderEvents(ctx, [report(id, kind, { dedupeKey: `late ${key.seq}` })]);
          else await recordOpen(id, visit());
        }
      }
      const conversions = await db.owner<{ id: string }[]>`
      select id from conversions where workspace_id = ${ctx.workspaceId} and run_number is not null
        and discounted_for is null order by id`;
      for (const { id } of conversions.slice(0, 2))
        await correctConversion(ctx, { id, discountedFor: "mistake" });
      // Days that were folded are told otherwise now.
      expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-25T18:30:00Z")).toBeGreaterThan(0);
      await look();
      await foldDays(ctx);
      expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-26T18:30:00Z")).toBe(0);
      await look();

      for (const timeZone of ["Asia/Kathmandu", "America/St_Johns"]) {
        await changeSettings(ctx, { timeZone });
        await look();
        await foldDays(ctx);
        await look();
      }
      // There and back before anything was folded again.
      await changeSettings(ctx, { timeZone: "Asia/Kolkata" });
      await changeSettings(ctx, { timeZone: "America/St_Johns" });
      await look();
    },
    HISTORY_MS,
  );
});
