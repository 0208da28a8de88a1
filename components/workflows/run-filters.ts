import type { Filter } from "@/components/ui/filter-bar";
import { formatCount } from "@/server/platform/format";
import type { WorkflowOverview } from "@/server/workflows/get-overview";
import { functionLabel, runStateLabels, runStates } from "@/server/workflows/status";

type FunctionLine = Extract<WorkflowOverview, { engine: "embedded" }>["functions"][number];
type Counts = FunctionLine["counts"];

const total = ({ queued, running, waiting, failed, cancelled }: Counts): number =>
  queued + running + waiting + failed + cancelled;

function functionWords({ queued, running, waiting, failed }: Counts): string {
  const live = queued + running + waiting;
  const failures = failed > 0 ? `, ${formatCount(failed)} failed in 24 hours` : "";
  return `${formatCount(live)} live${failures}`;
}

/** The filters by function and state, with what is live now and what failed or was cancelled in the last 24 hours. */
export function runFilters(functions: readonly FunctionLine[]): Filter[] {
  const sum = (state: keyof Counts) => functions.reduce((all, { counts }) => all + counts[state], 0);
  const counted: Record<string, string> = {
    queued: formatCount(sum("queued")),
    running: formatCount(sum("running")),
    waiting: formatCount(sum("waiting")),
    failed: `${formatCount(sum("failed"))} in 24 hours`,
    cancelled: `${formatCount(sum("cancelled"))} in 24 hours`,
  };
  return [
    {
      name: "function",
      label: "Function",
      options: functions
        .filter(({ archived, counts }) => !archived || total(counts) > 0)
        .map(({ id, name, counts }) => ({
          value: id,
          label: functionLabel(name),
          description: functionWords(counts),
        })),
    },
    {
      name: "state",
      label: "State",
      options: runStates.map((state) => ({
        value: state,
        label: runStateLabels[state].label,
        description: counted[state],
      })),
    },
  ];
}
