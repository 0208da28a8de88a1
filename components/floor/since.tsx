"use client";

import { formatDuration, formatTime, nothing } from "@/server/platform/format";
import { useFloorTime } from "./use-board";

/** How long something has lasted, as text; the instant itself until the page lives. */
export function useSince(since: string | null, at: string, zone: string): string {
  const now = useFloorTime(at);
  if (since === null) return nothing;
  if (now === null) return `since ${formatTime(since, zone)}`;
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000));
  return formatDuration(seconds < 600 ? seconds : Math.floor(seconds / 60) * 60);
}

type SinceProps = { since: string | null; at: string; zone: string };

/** A time that goes on. */
export function Since({ since, at, zone }: SinceProps) {
  return <span className="tabular-nums">{useSince(since, at, zone)}</span>;
}
