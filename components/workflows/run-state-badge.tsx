import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePlay,
  CircleX,
  Hourglass,
  type LucideIcon,
} from "lucide-react";
import { StatusBadge } from "@/components/ui/status-badge";
import { type RunState, runStateLabels } from "@/server/workflows/status";

const icons: Record<RunState, LucideIcon> = {
  queued: CircleDashed,
  running: CirclePlay,
  waiting: Hourglass,
  completed: CircleCheck,
  failed: CircleX,
  cancelled: Ban,
};

/** A run's state as colour, icon and word. */
export function RunStateBadge({ state }: { state: RunState }) {
  const { label, tone } = runStateLabels[state];
  return <StatusBadge tone={tone} label={label} icon={icons[state]} live={state === "running"} />;
}
