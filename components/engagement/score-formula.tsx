"use client";

import { CircleHelp } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { engagementPartKeys, engagementParts } from "@/server/engagement/status";

const signed = (points: number): string => (points > 0 ? `+${points}` : `−${-points}`);

/** The button beside a score that opens the whole formula. */
export function ScoreFormula() {
  return (
    <Popover
      label="How is this counted?"
      align="end"
      trigger={
        <IconButton
          label="How is this counted?"
          size="sm"
          icon={<CircleHelp aria-hidden />}
          className="text-faint"
        />
      }
      className="w-[min(34rem,calc(100vw-1rem))] p-4"
    >
      <h3 className="font-medium">How the engagement score is counted</h3>
      <p className="mt-1 text-muted text-sm">
        Each day on which something happens earns its points, once a day. Points lose half of their worth
        after the days given. The sum of the parts is the score, from 0 to 100.
      </p>
      <table className="mt-3 w-full text-sm">
        <thead>
          <tr className="border-line border-b text-left text-faint text-xs">
            <th scope="col" className="h-7 font-medium">
              What happens
            </th>
            <th scope="col" className="w-16 text-right font-medium">
              Points
            </th>
            <th scope="col" className="w-20 text-right font-medium">
              Halved in
            </th>
            <th scope="col" className="w-16 text-right font-medium">
              Limit
            </th>
          </tr>
        </thead>
        <tbody>
          {engagementPartKeys.map((key) => {
            const { label, counts, points, halfLifeDays, limit } = engagementParts[key];
            return (
              <tr key={key} className="border-line border-b align-top last:border-b-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  {label}
                  <span className="block text-faint text-xs">{counts}</span>
                </th>
                <td className="py-1.5 text-right tabular-nums">{signed(points)}</td>
                <td className="whitespace-nowrap py-1.5 text-right text-muted tabular-nums">
                  {halfLifeDays} days
                </td>
                <td className="py-1.5 text-right text-muted tabular-nums">{signed(limit)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mt-3 text-faint text-xs">
        Opens and clicks of machines do not count. The score is counted anew within a second of what happens,
        and every night after midnight. Imports cannot set it.
      </p>
    </Popover>
  );
}
