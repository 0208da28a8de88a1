import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { priorityLabels } from "@/server/callbacks/content";
import type { CallbackPriority } from "@/server/callbacks/status";

const tones: Record<CallbackPriority, Tone> = { high: "danger", medium: "attention", low: "neutral" };

/** The category with its score: the word carries the meaning, the colour helps. */
export function PriorityBadge({ priority, score }: { priority: CallbackPriority; score: number }) {
  return (
    <Badge tone={tones[priority]}>
      {priorityLabels[priority]} <span className="font-normal">{score}</span>
    </Badge>
  );
}
