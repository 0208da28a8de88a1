import type { SeriesPoint } from "@/server/deliveries/series";

type Filled = Pick<SeriesPoint, "bucket" | "delivered" | "opened" | "clicked">;

const QUARTER_MS = 15 * 60_000;
/** Wider than this would be a hair on screen: buckets are then summed, two by two. */
const MOST_POINTS = 96;

/** The course without gaps: quiet quarters as zeros, and one quiet quarter at each end so that a single one is a shape. */
export function filledSeries(points: readonly SeriesPoint[]): Filled[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const from = first.bucket.getTime() - QUARTER_MS;
  const quarters = Math.round((last.bucket.getTime() - from) / QUARTER_MS) + 2;
  const step = Math.ceil(quarters / MOST_POINTS);
  const filled = Array.from({ length: Math.ceil(quarters / step) }, (_, index) => ({
    bucket: new Date(from + index * step * QUARTER_MS),
    delivered: 0,
    opened: 0,
    clicked: 0,
  }));
  for (const { bucket, delivered, opened, clicked } of points) {
    const place = filled[Math.floor((bucket.getTime() - from) / QUARTER_MS / step)];
    if (!place) continue;
    place.delivered += delivered;
    place.opened += opened;
    place.clicked += clicked;
  }
  return filled;
}
