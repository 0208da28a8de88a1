import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Preflight } from "@/server/campaigns/preflight";
import type { DraftFields } from "@/server/campaigns/schemas";
import { categories } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import { formatCount, formatDuration, formatMoney, formatPercent, nothing } from "@/server/platform/format";
import { AudienceWords } from "./audience-words";
import { exclusionWays } from "./exclusions";
import { LeftOut } from "./left-out";
import { scheduleWords } from "./schedule-words";

type SummaryRailProps = {
  fields: Pick<DraftFields, "audience" | "channels" | "category" | "schedule" | "holdOut" | "abTest">;
  preflight: Preflight;
  /** What can be done about it. */
  action?: ReactNode;
  currency: string;
};

/** Beside every tab: whom the campaign reaches, who is left out and why, and what is still missing. */
export function SummaryRail({ fields, preflight, action, currency }: SummaryRailProps) {
  const { audience, reachable, excluded, problems, estimate } = preflight;
  return (
    <>
      <div aria-live="polite">
        <h2 className="text-muted">Reaches now</h2>
        <p className="font-medium text-2xl tabular-nums">{formatCount(reachable)}</p>
        <p className="text-muted tabular-nums">
          of {formatCount(audience)} in the audience
          {audience > 0 && `, ${formatPercent(reachable / audience, 0)}`}
        </p>
      </div>
      {reachable > 0 && (
        <p className="text-muted text-sm">
          Caps and the same-day rule are not counted here. The pre-flight counts them.
        </p>
      )}
      {excluded.length > 0 && <LeftOut excluded={excluded} total={audience - reachable} />}
      <dl className="flex flex-col gap-2">
        <Fact term="Audience" value={<AudienceWords audience={fields.audience} />} />
        <Fact
          term={fields.channels.length === 1 ? "Channel" : "Channels"}
          value={fields.channels.map((channel) => channelLabels[channel]).join(", ") || "None chosen"}
        />
        <Fact
          term="Purpose"
          value={categories[fields.category].purpose === "service" ? "Service" : "Promotional"}
        />
        <Fact term="When" value={scheduleWords(fields.schedule)} />
        {/* Of an automation nobody knows how many will enter. */}
        {fields.schedule.kind !== "automated" && (
          <>
            <Fact
              term="Cost"
              value={estimate.cost === null ? nothing : `about ${formatMoney(estimate.cost, currency)}`}
            />
            <Fact term="Takes" value={durationWords(preflight)} />
          </>
        )}
        {fields.abTest && (
          <Fact
            term="A/B test"
            value={`${fields.abTest.variants.length} variants, ${fields.abTest.testShare}% in it`}
          />
        )}
        {fields.holdOut > 0 && <Fact term="Held out" value={`${fields.holdOut}%`} />}
      </dl>
      <div>
        <h2 className="mb-1.5 font-medium">Before the launch</h2>
        {problems.length === 0 ? (
          <Ready preflight={preflight} service={categories[fields.category].purpose === "service"} />
        ) : (
          <ul className="flex flex-col gap-1.5">
            {problems.map(({ tab, message }) => (
              <li key={message} className="flex items-start gap-1.5">
                <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-attention" />
                <Link
                  href={`?tab=${tab}`}
                  scroll={false}
                  className="rounded-sm hover:text-accent-ink hover:underline"
                >
                  {message}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      {action}
    </>
  );
}

/** Nothing is missing; where all the same nobody would get it, what mends the greatest of the reasons. */
function Ready({ preflight: { reachable, excluded }, service }: { preflight: Preflight; service: boolean }) {
  if (reachable > 0)
    return (
      <p className="flex items-start gap-1.5 text-muted">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
        Nothing is missing.
      </p>
    );
  const [first] = [...excluded].sort((one, other) => other.count - one.count);
  const way = first
    ? exclusionWays[first.rule]
    : { label: "Choose another audience", href: "?tab=targeting" };
  return (
    <p className="flex items-start gap-1.5">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-attention" />
      <span>
        The message is ready, but nobody would get it.{" "}
        {service &&
          first?.rule === "no_consent" &&
          "A service message goes to whoever has a policy, or agreed to such messages; in another category it counts as promotion and needs that consent. "}
        {way && (
          <Link href={way.href} scroll={false} className="rounded-sm text-accent-ink underline">
            {way.label}
          </Link>
        )}
      </span>
    </p>
  );
}

/** By the pace that is set; hours of contact come on top, and the pre-flight knows them. */
function durationWords({ reachable, estimate: { cost, seconds } }: Preflight): string {
  if (reachable === 0 || cost === null) return nothing;
  return seconds === null || seconds < 1 ? "Moments" : `about ${formatDuration(seconds)}`;
}

function Fact({ term, value }: { term: string; value: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right">{value}</dd>
    </div>
  );
}
