import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { TestLine } from "@/server/channels/accounts/test-events";
import { testLooks } from "./words";

/** What became of the latest tests. */
export function TestsCard({ tests, zone }: { tests: readonly TestLine[]; zone: string }) {
  if (tests.length === 0) return null;
  return (
    <Card title="Latest tests" flush>
      <ul className="border-line border-t text-sm">
        {tests.map((test) => (
          <li
            key={test.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0"
          >
            <StatusBadge {...testLooks[test.state]} />
            <span className="tabular-nums">{test.addressHint}</span>
            <span className="ml-auto text-faint text-xs">
              <Time value={test.at} zone={zone} />
            </span>
            {test.sentence && <span className="w-full text-muted">{test.sentence}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
