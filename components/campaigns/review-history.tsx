import { Check, MessageSquareText, Send, Undo2 } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { CampaignDetail } from "@/server/campaigns/get";
import { type ReviewAct, reviewActs } from "@/server/campaigns/status";

const icons = {
  submitted: Send,
  withdrawn: Undo2,
  approved: Check,
  returned: MessageSquareText,
} as const satisfies Record<ReviewAct, unknown>;

type ReviewHistoryProps = { history: CampaignDetail["approval"]["history"]; zone: string };

/** Who asked for approval and what was said, newest first. */
export function ReviewHistory({ history, zone }: ReviewHistoryProps) {
  return (
    <ol aria-label="History of the approval" className="flex flex-col gap-3 text-sm">
      {history.map(({ id, act, version, comment, byName, at }) => {
        const Icon = icons[act];
        return (
          <li key={id} className="flex items-start gap-2.5">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <div className="min-w-0">
              <p>
                <span className="font-medium">{reviewActs[act].label}</span>
                <span className="text-muted">
                  {" "}
                  by {byName ?? "somebody who has left"}, <Time value={at.toISOString()} zone={zone} />,
                  version {version}
                </span>
              </p>
              {comment && <p className="mt-0.5 whitespace-pre-wrap break-words">{comment}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
