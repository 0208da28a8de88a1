"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { DescriptionList } from "@/components/ui/description-list";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import { channelLabels } from "@/server/channels/status";
import type { ConversionDetail, Correction } from "@/server/conversions/get";
import { discountLabels, sourceLabels, touchLabels } from "@/server/conversions/status";
import { formatMoney } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { StateBadge } from "./conversion-columns";
import { CorrectForm } from "./correct-form";

type ConversionPanelProps = { initial: ConversionDetail; zone: string; mayEdit: boolean };

/** One conversion beside the list: what it is credited to, what else touched the customer, and how it was corrected. */
export function ConversionPanel({ initial, zone, mayEdit }: ConversionPanelProps) {
  const trpc = useTRPC();
  const input = { id: initial.id };
  const { data } = useQuery(trpc.conversions.get.queryOptions(input, { initialData: initial }));
  useLive(["conversions"], trpc.conversions.get.queryFilter(input));
  return (
    <SidePanel title={formatMoney(data.value, data.currency)} status={<StateBadge {...data} />}>
      <div className="flex flex-col gap-6">
        <DescriptionList
          items={[
            {
              term: "Customer",
              value:
                data.customerName === null ? (
                  "Erased"
                ) : (
                  <Link className="text-accent-ink hover:underline" href={`/customers/${data.customerId}`}>
                    {data.customerName || "Without a name"}
                  </Link>
                ),
            },
            { term: "Happened", value: <Time value={data.occurredAt} zone={zone} show="exact" /> },
            { term: "Told", value: <Time value={data.receivedAt} zone={zone} show="exact" /> },
            { term: "Told by", value: sourceLabels[data.source] },
            { term: "Event", value: data.name },
            {
              term: "Policy",
              value: data.policyNumber && `${data.policyNumber}${data.autoDebit ? ", auto-debit" : ""}`,
            },
            { term: "Sender’s id", value: data.externalId },
          ]}
        />
        <Touches touches={data.touches} zone={zone} />
        {mayEdit && <CorrectForm key={`${data.value} ${data.discountedFor}`} conversion={data} />}
        <Corrections corrections={data.corrections} currency={data.currency} zone={zone} />
      </div>
    </SidePanel>
  );
}

function Touches({ touches, zone }: { touches: ConversionDetail["touches"]; zone: string }) {
  return (
    <section aria-label="Messages in whose window it lies">
      <h3 className="mb-2 font-medium">Messages in whose window it lies</h3>
      {touches.length === 0 ? (
        <p className="text-muted text-sm">
          No message of a campaign that measures it touched the customer in time.
        </p>
      ) : (
        <ol className="flex flex-col gap-2 text-sm">
          {touches.map((touch, nth) => (
            <li key={`${touch.runNumber} ${touch.seq}`} className="rounded-md border border-line px-3 py-2">
              <span className="flex items-baseline justify-between gap-3">
                <Link
                  className="min-w-0 truncate font-medium hover:text-accent-ink"
                  href={`/campaigns/${touch.campaignId}?tab=analytics`}
                >
                  {touch.campaignName}
                </Link>
                <span className={nth === 0 ? "shrink-0 text-good" : "shrink-0 text-faint"}>
                  {nth === 0 ? "Credited" : "Touched too"}
                </span>
              </span>
              <span className="block text-muted">
                {touchLabels[touch.kind]}, {channelLabels[touch.channel]}{" "}
                <Time value={touch.at} zone={zone} show="exact" />, window until{" "}
                <Time value={touch.windowEndsAt} zone={zone} show="exact" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

type CorrectionsProps = { corrections: Correction[]; currency: string; zone: string };

function Corrections({ corrections, currency, zone }: CorrectionsProps) {
  if (corrections.length === 0) return null;
  const words = ({ value, discountedFor }: Correction["after"]) =>
    [
      ...(value === undefined ? [] : [formatMoney(value, currency)]),
      discountedFor ? discountLabels[discountedFor] : "counts",
    ].join(", ");
  return (
    <section aria-label="Corrections">
      <h3 className="mb-2 font-medium">Corrections</h3>
      <ul className="flex flex-col gap-1.5 text-sm">
        {corrections.map(({ id, by, at, before, after }) => (
          <li key={id}>
            {words(before)} → {words(after)}
            <span className="block text-muted">
              {by ?? "Another system"}, <Time value={at} zone={zone} show="exact" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
