import type { Preflight } from "@/server/campaigns/preflight";
import { formatCount } from "@/server/platform/format";
import { exclusionLabels } from "./exclusions";

type LeftOutProps = Pick<Preflight, "excluded"> & { total: number };

/** Who would not get it, by the rule that stops them. */
export function LeftOut({ excluded, total }: LeftOutProps) {
  return (
    <div>
      <h2 className="mb-1.5 font-medium">{formatCount(total)} left out</h2>
      <ul className="flex flex-col gap-1.5">
        {excluded.map(({ rule, count }) => (
          <li key={rule} className="flex justify-between gap-3">
            <span className="text-muted">{exclusionLabels[rule]}</span>
            <span className="tabular-nums">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
