import { Card } from "@/components/ui/card";
import { requestTypeLabel } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { urgencies } from "@/server/callbacks/status";
import { tierLabels } from "@/server/customers/schemas";
import { PriorityBadge } from "./priority-badge";

/** What the score is made of; the parts add up. Age stands beside it and never changes it. */
export function ScoreCard({ callback }: { callback: CallbackDetail }) {
  const { parts, sum, score } = callback;
  const rows = [
    { label: "About", value: requestTypeLabel(callback.requestType), points: parts.type },
    { label: "Urgency", value: urgencies[callback.urgency].label, points: parts.urgency },
    { label: "Tier", value: tierLabels[callback.tier], points: parts.tier },
  ];
  return (
    <Card title="Score" actions={<PriorityBadge priority={callback.priority} score={score} />}>
      <table className="w-full text-sm">
        <tbody>
          {rows.map(({ label, value, points }) => (
            <tr key={label}>
              <th scope="row" className="w-20 py-1 text-left font-normal text-muted">
                {label}
              </th>
              <td className="py-1">{value}</td>
              <td className="py-1 text-right tabular-nums">{points}</td>
            </tr>
          ))}
          <tr className="border-line border-t">
            <th scope="row" colSpan={2} className="pt-1.5 text-left font-medium">
              Sum, of at most 125
            </th>
            <td className="pt-1.5 text-right font-medium tabular-nums">{sum}</td>
          </tr>
        </tbody>
      </table>
      <p className="mt-2 text-faint text-xs">
        {score} = 100 × {sum} ÷ 125, rounded. The place in the queue also rises by one point for each four
        hours that somebody waits.
      </p>
    </Card>
  );
}
