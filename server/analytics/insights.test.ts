import { expect, test } from "vitest";
import { numbers } from "@/db/testing/campaign-history";
import { analyse } from "./experiment";
import { significant } from "./insights";
import { noCounts } from "./status";

const group = (key: string, delivered: number, clicked: number) => ({
  ...noCounts,
  ...{ key, label: key, targeted: delivered, delivered, clicked },
});

test("where there is nothing to find, hardly anything is found, however many groups are looked at", () => {
  const next = numbers(5);
  let found = 0;
  for (let round = 0; round < 400; round++) {
    const rows = Array.from({ length: 12 }, (_, nth) => {
      let clicked = 0;
      for (let reader = 0; reader < 200; reader++) if (next(100) < 10) clicked++;
      return group(String(nth), 200, clicked);
    });
    if (significant([{ dimension: "city", rows }], ["click"]).length > 0) found++;
  }
  expect(found / 400).toBeLessThanOrEqual(0.06);
});

test("a real difference is told with its evidence, the surest first", () => {
  const rows = [group("Pune", 1_000, 120), group("Mumbai", 1_000, 60), group("Surat", 1_000, 62)];
  const [first] = significant([{ dimension: "city", rows }], ["click"]);
  expect(first).toMatchObject({
    key: "Pune",
    own: { x: 120, n: 1_000 },
    others: { x: 122, n: 2_000 },
    looked: 3,
  });
  expect(first?.interval[0]).toBeGreaterThan(0);
  expect(significant([{ dimension: "city", rows: rows.slice(0, 1) }], ["click"])).toEqual([]);
});

test("variants: zero data crowns nobody, a wrong split blocks the verdict, a planted difference wins", () => {
  expect(analyse([group("0", 0, 0), group("1", 0, 0)], "click").verdict).toEqual({ kind: "no_data" });
  expect(analyse([group("0", 5_000, 500), group("1", 4_000, 700)], "click").verdict.kind).toBe(
    "sample_ratio_mismatch",
  );
  const planted = analyse([group("0", 20_000, 2_000), group("1", 20_000, 2_400)], "click");
  expect(planted.verdict).toEqual({ kind: "winner", arm: 1, over: 0 });
  expect(planted.variants[1]?.against?.difference).toBeCloseTo(0.02, 12);
  expect(analyse([group("0", 400, 40), group("1", 400, 44)], "click").verdict.kind).toBe("not_yet");
});
