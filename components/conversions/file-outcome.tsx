import { Notice } from "@/components/ui/notice";
import type { Outcome } from "@/server/conversions/files/take";
import { formatCount } from "@/server/platform/format";

/** What became, or `would` become, of the lines of a file. */
export function FileOutcome({ outcome, would = false }: { outcome: Outcome; would?: boolean }) {
  const { recorded, credited, duplicates, refused, refusals } = outcome;
  const verb = would ? "would count" : "recorded";
  return (
    <>
      <Notice
        tone={refused > 0 ? "attention" : would ? "information" : "good"}
        title={`${formatCount(recorded)} ${recorded === 1 ? "conversion" : "conversions"} ${verb}`}
      >
        {formatCount(credited)} of them credited to a message. {formatCount(duplicates)} known already,{" "}
        {formatCount(refused)} refused.
      </Notice>
      {refusals.length > 0 && (
        <ul
          aria-label="Refused lines"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="flex max-h-60 flex-col gap-1 overflow-auto text-sm"
        >
          {refusals.map(({ line, reason }) => (
            <li key={line}>
              <span className="text-muted tabular-nums">Line {formatCount(line)}:</span> {reason}
            </li>
          ))}
          {refused > refusals.length && (
            <li className="text-muted">The first {refusals.length} are shown.</li>
          )}
        </ul>
      )}
    </>
  );
}
