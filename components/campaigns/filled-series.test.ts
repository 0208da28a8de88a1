import fc from "fast-check";
import { expect, test } from "vitest";
import { filledSeries } from "./filled-series";

const start = Date.UTC(2026, 0, 1);
const course = fc
  .uniqueArray(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 50 })
  .map((quarters) =>
    quarters
      .toSorted((one, other) => one - other)
      .map((quarter) => ({
        bucket: new Date(start + quarter * 900_000),
        sent: 9,
        delivered: (quarter % 7) + 1,
        failed: 0,
        skipped: 0,
        opened: quarter % 3,
        clicked: quarter % 2,
      })),
  );

test("a course is drawn without gaps, in at most 96 points, and nothing counted is lost", () => {
  fc.assert(
    fc.property(course, (points) => {
      const filled = filledSeries(points);
      expect(filled.length).toBeGreaterThan(2);
      expect(filled.length).toBeLessThanOrEqual(96);
      const gaps = filled
        .slice(1)
        .map((point, index) => point.bucket.getTime() - (filled[index]?.bucket.getTime() ?? 0));
      expect(new Set(gaps).size).toBe(1);
      for (const key of ["delivered", "opened", "clicked"] as const)
        expect(filled.reduce((sum, point) => sum + point[key], 0)).toBe(
          points.reduce((sum, point) => sum + point[key], 0),
        );
    }),
  );
  expect(filledSeries([])).toEqual([]);
});
