import type { Column } from "@/components/ui/data-table/types";
import { Time } from "@/components/ui/time";
import { nothing } from "@/server/platform/format";
import type { RunLine } from "@/server/workflows/list-runs";
import { RunStateBadge } from "./run-state-badge";
import { functionWords, type KnownFunctions, subjectWords, tookWords } from "./words";

/** What a line of the list says about a run. */
export const runColumns = (functions: KnownFunctions, zone: string): readonly Column<RunLine>[] => [
  {
    id: "function",
    header: "Function",
    width: 160,
    cell: ({ functionId, subject }) => (
      <>
        {functionWords(functions, functionId)}
        {subject && (
          <span className="block truncate font-normal text-muted text-xs md:hidden">
            {subjectWords(subject)}
          </span>
        )}
      </>
    ),
  },
  { id: "state", header: "State", width: 124, cell: ({ state }) => <RunStateBadge state={state} /> },
  {
    id: "subject",
    header: "About",
    shown: "wide",
    width: 140,
    cell: ({ subject }) => (subject ? subjectWords(subject) : nothing),
  },
  {
    id: "error",
    header: "Error",
    shown: "wide",
    width: 116,
    cell: ({ error, state }) => (state === "failed" && error ? error.message : nothing),
  },
  {
    id: "took",
    header: "Took",
    align: "end",
    shown: "wide",
    width: 92,
    cell: ({ startedAt, endedAt }) => tookWords(startedAt, endedAt),
  },
  { id: "steps", header: "Steps", align: "end", shown: "chosen", width: 72, cell: ({ steps }) => steps },
  {
    id: "arrived",
    header: "Arrived",
    align: "end",
    shown: "wide",
    width: 116,
    cell: ({ createdAt }) => <Time value={createdAt.toISOString()} zone={zone} />,
  },
];
