import { Headset } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import type { FloorAgent } from "@/server/floor/board";
import { Since } from "./since";
import { presenceLabels } from "./words";

type AgentListProps = { agents: readonly FloorAgent[]; at: string; zone: string };

const tones: Record<FloorAgent["presence"], Tone> = {
  available: "good",
  on_call: "accent",
  wrap_up: "information",
  break: "attention",
  offline: "neutral",
};

/** Who is there, what each does and for how long. */
export function AgentList({ agents, at, zone }: AgentListProps) {
  const present = agents.filter(({ presence }) => presence !== "offline").length;
  return (
    <Card title="Agents" description={`${present} of ${agents.length} at work`} flush>
      {agents.length === 0 && (
        <p className="border-line border-t px-4 py-3 text-muted">Nobody of your teams takes calls.</p>
      )}
      <ul className="border-line border-t">
        {agents.map(({ membershipId, name, presence, since, open, capacity, callsToday }) => (
          <li
            key={membershipId}
            className="flex items-center gap-2.5 border-line border-b px-4 py-2 last:border-b-0"
          >
            <Avatar name={name} size="sm" />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{name}</span>
              <span className="block text-faint text-xs tabular-nums">
                Has {open} of {capacity} · {callsToday === 1 ? "1 call" : `${callsToday} calls`} today
              </span>
            </span>
            <span className="flex shrink-0 flex-col items-end gap-0.5">
              <StatusBadge
                tone={tones[presence]}
                label={presenceLabels[presence]}
                icon={presence === "on_call" ? Headset : undefined}
              />
              {presence !== "offline" && (
                <span className="text-faint text-xs">
                  <Since since={since} at={at} zone={zone} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
