"use client";

import { useSearchParams } from "next/navigation";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { Notice } from "@/components/ui/notice";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Board } from "@/server/floor/board";
import { type FloorSet, floorSets, formulas } from "@/server/floor/status";
import { formatCount } from "@/server/platform/format";
import { AgentList } from "./agent-list";
import { RowList } from "./row-list";
import { useSince } from "./since";
import { useBoard } from "./use-board";
import { todayFigures } from "./words";

/** What waits, what is late and who does what, live; each number leads to its rows. */
export function FloorScreen({ initial }: { initial: Board }) {
  const { board, failed } = useBoard(initial);
  const shown = useShown(board);
  const longest = useSince(board.longestSince, board.at, board.zone);
  const { counts } = board;
  return (
    <div className="flex flex-col gap-5">
      {failed && (
        <Notice tone="attention">
          The connection is lost for the moment. The numbers are those from before.
        </Notice>
      )}
      <KeyFigures>
        <KeyFigure
          label="Waiting"
          value={formatCount(counts.waiting)}
          href="?show=waiting"
          basis="In nobody's hands, and may be called now"
        />
        <KeyFigure
          label="Longest wait"
          value={board.longestSince === null ? null : longest}
          href="?show=waiting"
          basis="Of those that wait, from entering to now"
        />
        <KeyFigure
          label="Due in 15 min"
          value={formatCount(counts.due_soon)}
          href="?show=due_soon"
          basis="Nobody has called yet, and the first attempt is due by then"
        />
        <KeyFigure
          label="Overdue"
          value={formatCount(counts.breached)}
          href="?show=breached"
          basis="The due time of the first attempt has passed without one"
          chart={counts.breached > 0 && <StatusBadge tone="danger" label="Late" className="mb-1" />}
        />
        <KeyFigure
          label="In hand"
          value={formatCount(counts.in_hand)}
          href="?show=in_hand"
          basis="An agent works on it now"
        />
        <KeyFigure
          label="Later"
          value={formatCount(counts.later)}
          href="?show=later"
          basis="Promised for a time ahead, or between two attempts"
        />
      </KeyFigures>
      <KeyFigures columns={5}>
        {todayFigures(board).map((figure) => (
          <KeyFigure key={figure.label} {...figure} />
        ))}
      </KeyFigures>
      <p className="-mt-3 text-faint text-xs">Service level: {formulas.serviceLevel}.</p>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <RowList key={shown} set={shown} count={counts[shown]} zone={board.zone} agents={board.agents} />
        <AgentList agents={board.agents} at={board.at} zone={board.zone} />
      </div>
    </div>
  );
}

/** What the address asks for; else what a person should look at first. */
function useShown({ counts }: Board): FloorSet {
  const asked = useSearchParams().get("show");
  const known = floorSets.find((set) => set === asked);
  return known ?? (counts.breached > 0 ? "breached" : counts.due_soon > 0 ? "due_soon" : "waiting");
}
