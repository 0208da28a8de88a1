import { formatCount, formatDuration } from "@/server/platform/format";

/** How many wait, and for how long the first of them has. */
export const waiting = (count: number, oldestSeconds: number): string =>
  count === 0 ? "0" : `${formatCount(count)}, the oldest for ${formatDuration(oldestSeconds)}`;
