import { StatusBadge } from "@/components/ui/status-badge";
import { formatDateTime, formatTime } from "@/server/platform/format";
import type { OpenState as State } from "@/server/sla/list-calendars";

/** "Open now, until 18:30", or when it opens; in the calendar's own zone. */
export function OpenState({ state, zone }: { state: State; zone: string }) {
  if (!state.open)
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <StatusBadge tone="neutral" label="Closed now" />
        <span className="text-muted text-sm">
          {state.opensAt ? `Opens ${formatDateTime(state.opensAt, zone, true)}` : "Never opens again"}
        </span>
      </span>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusBadge tone="good" label="Open now" />
      <span className="text-muted text-sm">
        {state.closesAt ? `Closes ${formatTime(state.closesAt, zone)}` : "At all times"}
      </span>
    </span>
  );
}
