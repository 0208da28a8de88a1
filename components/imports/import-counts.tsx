import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { formatCount } from "@/server/platform/format";

type Counts = { total: number; created: number; updated: number; unchanged: number; rejected: number };

/** What becomes of the rows; the four add up to the total. */
export function ImportCounts({ counts, future }: { counts: Counts; future: boolean }) {
  const figures = [
    { label: future ? "Will be created" : "Created", value: counts.created },
    { label: future ? "Will be updated" : "Updated", value: counts.updated },
    { label: "Unchanged", value: counts.unchanged },
    { label: future ? "Will be rejected" : "Rejected", value: counts.rejected },
  ];
  return (
    <KeyFigures>
      {figures.map(({ label, value }) => (
        <KeyFigure
          key={label}
          label={label}
          value={formatCount(value)}
          unit={`of ${formatCount(counts.total)} rows`}
        />
      ))}
    </KeyFigures>
  );
}
