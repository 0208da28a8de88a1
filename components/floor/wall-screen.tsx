"use client";

import { Notice } from "@/components/ui/notice";
import { WallBoard, WallTile } from "@/components/ui/wall-tile";
import type { Board, FloorAgent } from "@/server/floor/board";
import { formulas, SERVICE_LEVEL_TARGET } from "@/server/floor/status";
import { formatCount, formatDuration, formatPercent, formatTime, nothing } from "@/server/platform/format";
import { useSince } from "./since";
import { useBoard } from "./use-board";
import { isLow, level, ofWords, presenceLabels } from "./words";

/** "6 h 2 min" as "6:02 h", "8 min 5 s" as "8:05 min": the number stays on one line, as large as its neighbours. */
const onOneLine = (words: string): string =>
  words.replace(
    /^(\d+) (h|min) (\d+) (?:min|s)$/,
    (_, whole: string, unit: string, part: string) => `${whole}:${part.padStart(2, "0")} ${unit}`,
  );

/** The floor for a wall: readable from five metres, coloured only where somebody should move. */
export function WallScreen({ initial }: { initial: Board }) {
  const { board, failed } = useBoard(initial);
  const longest = useSince(board.longestSince, board.at, board.zone);
  const { counts, lastHour, today, agents } = board;
  const hour = level(lastHour.met, lastHour.decided);
  const target = `aim ${formatPercent(SERVICE_LEVEL_TARGET, 0)}`;
  const seconds = (value: number | null) => (value === null ? nothing : formatDuration(Math.round(value)));
  return (
    <div className="flex grow flex-col gap-3">
      {failed && <Notice tone="danger">The connection is lost. The numbers are those from before.</Notice>}
      <WallBoard label="Now">
        <WallTile label="Waiting" value={formatCount(counts.waiting)} note={`${counts.in_hand} in hand`} />
        <WallTile label="Longest wait" value={board.longestSince === null ? nothing : onOneLine(longest)} />
        <WallTile
          label="Due in 15 min"
          value={formatCount(counts.due_soon)}
          tone={counts.due_soon > 0 ? "attention" : "neutral"}
        />
        <WallTile
          label="Overdue"
          value={formatCount(counts.breached)}
          tone={counts.breached > 0 ? "danger" : "neutral"}
        />
      </WallBoard>
      <WallBoard label="Service">
        <WallTile
          label="Service level, last hour"
          value={formatPercent(hour, 0)}
          note={`${ofWords(lastHour.met, lastHour.decided)}, ${target}`}
          tone={isLow(hour) ? "attention" : "neutral"}
        />
        <WallTile
          label="Service level, today"
          value={formatPercent(today.serviceLevel, 0)}
          note={`${ofWords(today.of.attemptMet, today.of.attemptDecided)}, ${target}`}
        />
        <WallTile
          label="Answer time"
          value={onOneLine(seconds(today.asa))}
          note={`median ${seconds(today.waitMedian)}`}
        />
        <WallTile
          label="Connected"
          value={formatPercent(today.connectRate, 0)}
          note={`${ofWords(today.of.connects, today.of.attempts)} calls`}
        />
      </WallBoard>
      <Agents agents={agents} />
      <p className="text-muted text-sm">
        Service level: {formulas.serviceLevel}. Counted at {formatTime(board.at, board.zone)}.
      </p>
    </div>
  );
}

const order = ["available", "on_call", "wrap_up", "break"] as const;

function Agents({ agents }: { agents: readonly FloorAgent[] }) {
  return (
    <WallBoard label="Agents">
      {order.map((presence) => {
        const those = agents.filter((agent) => agent.presence === presence);
        return (
          <WallTile
            key={presence}
            label={presenceLabels[presence]}
            value={formatCount(those.length)}
            note={those.length > 0 ? those.map(({ name }) => name.split(" ")[0]).join(", ") : undefined}
          />
        );
      })}
    </WallBoard>
  );
}
