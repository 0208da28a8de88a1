import { cn } from "@/components/ui/cn";
import { toneLooks } from "@/components/ui/tone";
import { type CampaignStatus, statusLabels } from "@/server/campaigns/status";
import { formatCount, formatPercent } from "@/server/platform/format";

type CampaignProgressProps = { status: CampaignStatus; processed: number; targeted: number };

/** How far a campaign is, for one cell of a table: bar and share; the counts on hover. */
export function CampaignProgress({ status, processed, targeted }: CampaignProgressProps) {
  const fraction = Math.min(1, processed / targeted);
  const counted = `${formatCount(processed)} of ${formatCount(targeted)} messages`;
  return (
    <span className="flex items-center gap-2" title={counted}>
      <span
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={targeted}
        aria-valuenow={processed}
        aria-valuetext={counted}
        className="h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-pressed"
      >
        <span
          style={{ width: `${fraction * 100}%` }}
          className={cn(
            "block h-full rounded-full transition-[width] duration-200",
            toneLooks[statusLabels[status].tone].solid,
          )}
        />
      </span>
      {/* Whole percents round down: 100% means that nothing is left. */}
      <span className="w-9 text-right tabular-nums">
        {formatPercent(Math.floor(fraction * 100) / 100, 0)}
      </span>
    </span>
  );
}
