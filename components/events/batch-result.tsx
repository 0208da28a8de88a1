import { Notice } from "@/components/ui/notice";
import { formatCount } from "@/server/platform/format";
import type { BatchReport } from "./use-batch";

const SHOWN = 50;
const events = (count: number): string => `${formatCount(count)} ${count === 1 ? "event" : "events"}`;

/** What would come of a batch, or came of it; then each line that is not taken, with the reason. */
export function BatchResult({ report, sent }: { report: BatchReport; sent: boolean }) {
  const { format, taken, duplicates, newCustomers, refused } = report;
  const facts = [
    duplicates > 0 && `${events(duplicates)} ${duplicates === 1 ? "was" : "were"} stored before, by id.`,
    newCustomers > 0 &&
      `${formatCount(newCustomers)} ${newCustomers === 1 ? "customer" : "customers"} ${sent ? "added" : "would be added"}.`,
  ].filter(Boolean);
  const title = sent
    ? `${events(taken)} stored`
    : taken === 0
      ? "Nothing to send"
      : `${events(taken)} can be sent`;
  return (
    <>
      <Notice tone={taken === 0 && !sent ? "attention" : "good"} title={title}>
        Read as {format}. {facts.join(" ")}
      </Notice>
      {refused.length > 0 && (
        <Notice
          tone="attention"
          title={`${events(refused.length)} ${sent ? "not taken" : "cannot be taken"}`}
        >
          <ul className="flex flex-col gap-0.5">
            {refused.slice(0, SHOWN).map(({ line, reason }) => (
              <li key={`${line} ${reason}`} className="break-words">
                <span className="text-muted tabular-nums">Line {formatCount(line)}:</span> {reason}
              </li>
            ))}
          </ul>
          {refused.length > SHOWN && (
            <p className="mt-1 text-muted">and {formatCount(refused.length - SHOWN)} more</p>
          )}
        </Notice>
      )}
    </>
  );
}
