import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { RunFigures } from "@/server/deliveries";
import {
  type ExecutionState,
  executionStateLabels,
  executionStates,
  reasonLabel,
} from "@/server/deliveries/status";
import { formatCount } from "@/server/platform/format";

const stateOf = (name: string): ExecutionState =>
  executionStates.find((state) => state === name) ?? "pending";

/** Messages that did not arrive, by state and reason; each line leads to its recipients. */
export function RunReasons({ reasons }: { reasons: RunFigures["reasons"] }) {
  return (
    <Card title="Not delivered, and why" flush>
      {reasons.length === 0 ? (
        <p className="px-4 pb-4 text-muted">Nobody was left out and nothing failed so far.</p>
      ) : (
        <ul className="border-line border-t">
          {reasons.map(({ state, reason, count }) => {
            const { label, tone } = executionStateLabels[stateOf(state)];
            const query = new URLSearchParams({ tab: "recipients", state, reason });
            return (
              <li key={`${state} ${reason}`} className="border-line border-b last:border-b-0">
                <Link
                  href={`?${query}`}
                  scroll={false}
                  className="flex min-h-9 items-center gap-3 px-4 py-1.5 text-sm outline-offset-[-2px] hover:bg-hover"
                >
                  <StatusBadge tone={tone} label={label} className="shrink-0" />
                  <span className="min-w-0 flex-1">{reasonLabel(reason)}</span>
                  <span className="tabular-nums">{formatCount(count)}</span>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-faint" />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
