import { formatCount } from "@/server/platform/format";
import type { SegmentDetail } from "@/server/segments/get";

/** Of a tracked segment: its stored members, and who came and went in the last week. */
export function Membership({ of }: { of: NonNullable<SegmentDetail["membership"]> }) {
  const facts = [
    ["Members stored", of.members],
    ["Entered in 7 days", of.entered],
    ["Left in 7 days", of.left],
  ] as const;
  return (
    <dl className="flex flex-col gap-1.5">
      {facts.map(([term, count]) => (
        <div key={term} className="flex justify-between gap-3">
          <dt className="text-muted">{term}</dt>
          <dd className="tabular-nums">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
