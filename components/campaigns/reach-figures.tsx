import type { Preflight } from "@/server/campaigns/preflight";
import { formatCount, nothing } from "@/server/platform/format";
import { treatedOf } from "./treated";

type ReachFiguresProps = { preflight: Preflight; holdOut: number };

/** The audience, those who would get it, and the answers to expect by this workspace's own past results. */
export function ReachFigures({ preflight, holdOut }: ReachFiguresProps) {
  const { audience, reachable, expected } = preflight;
  const treated = treatedOf(reachable, holdOut);
  const responses =
    expected.responses === null ? nothing : formatCount(treatedOf(expected.responses, holdOut));
  const basis =
    expected.responses === null
      ? "Nothing was delivered on these channels in the last half year, so there is nothing to reckon from."
      : `Reckoned from the answers to ${formatCount(expected.delivered)} delivered messages of this workspace in ${expected.days} days.`;
  return (
    <div className="rounded-md bg-subtle px-4 py-3" aria-live="polite">
      <dl className="grid grid-cols-3 gap-3">
        <Figure term="Audience" value={formatCount(audience)} />
        <Figure
          term={holdOut > 0 ? `Reached, ${holdOut}% held out` : "Reached now"}
          value={formatCount(treated)}
        />
        <Figure term="Answers to expect" value={responses} />
      </dl>
      <p className="mt-2 text-faint text-xs">{basis}</p>
    </div>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-muted text-sm">{term}</dt>
      <dd className="font-medium text-2xl tabular-nums">{value}</dd>
    </div>
  );
}
