import { Sparkline } from "@/components/charts/sparkline";
import { Card } from "@/components/ui/card";
import type { Engagement } from "@/server/engagement/read";
import { engagementParts } from "@/server/engagement/status";
import { formatCount, formatDate } from "@/server/platform/format";
import { ScoreChange } from "./score-change";
import { ScoreFormula } from "./score-formula";

/** A customer's engagement: the score, where it comes from, and how it went. */
export function EngagementCard({ engagement }: { engagement: Engagement }) {
  const { score, history, parts } = engagement;
  const weekAgo = history.at(-8) ?? score;
  return (
    <Card title="Engagement" actions={<ScoreFormula />}>
      <div className="flex items-end justify-between gap-4">
        <p className="flex flex-col gap-0.5">
          <span className="font-medium text-2xl tabular-nums">
            {score}
            <span className="ml-1 font-normal text-faint text-sm">of 100</span>
          </span>
          <ScoreChange change={score - weekAgo} words />
        </p>
        <div className="flex flex-col items-end gap-0.5">
          <Sparkline
            label={`Engagement over the last 90 days: from ${history[0] ?? 0} to ${score}`}
            values={history}
            most={100}
          />
          <span className="text-faint text-xs">90 days</span>
        </div>
      </div>
      {parts.length > 0 ? (
        <ul className="mt-3 flex flex-col border-line border-t pt-2 text-sm">
          {parts.map(({ key, points, days, lastDay }) => (
            <li key={key} className="flex items-baseline justify-between gap-3 py-0.5">
              <span className="min-w-0">
                {engagementParts[key].label}{" "}
                <span className="text-faint text-xs">
                  {days === 1 ? "" : `${formatCount(days)} days, last `}
                  {formatDate(lastDay, "UTC")}
                </span>
              </span>
              <span className="tabular-nums">{pointsText(points)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-3 text-muted text-sm">Nothing that counts has happened yet.</p>
      )}
    </Card>
  );
}

/** Points below a half are shown as such: they are there, and fading. */
function pointsText(points: number): string {
  const whole = Math.round(points);
  if (whole === 0) return points > 0 ? "under 1" : "above −1";
  return whole > 0 ? `+${whole}` : `−${-whole}`;
}
