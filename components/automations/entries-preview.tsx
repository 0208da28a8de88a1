"use client";

import { useMutation } from "@tanstack/react-query";
import { History } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { EntriesPreview as Entries } from "@/server/automations/preview";
import type { Automated } from "@/server/automations/schemas";
import type { DraftFields } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { triggerWords } from "./trigger-words";
import { useChoices } from "./use-choices";

type EntriesPreviewProps = { fields: DraftFields; schedule: Automated; zone: string };

/** Who would have entered in the last 30 days, by the statements that will let customers in. */
export function EntriesPreview({ fields, schedule, zone }: EntriesPreviewProps) {
  const trpc = useTRPC();
  const look = useMutation(trpc.automations.preview.mutationOptions());
  const { audience, category, channels } = fields;
  const asks = { schedule, audience, category, channels };
  const asked = look.variables;
  const stale = asked !== undefined && JSON.stringify(asked) !== JSON.stringify(asks);
  return (
    <section aria-label="Who would have entered" className="flex flex-col gap-2.5">
      <Button
        icon={<History aria-hidden />}
        className="self-start"
        loading={look.isPending}
        disabled={schedule.triggers.length === 0}
        onClick={() => look.mutate(asks)}
      >
        Who would have entered in the last 30 days
      </Button>
      <div aria-live="polite">
        {look.error && (
          <Notice tone="danger" title="It could not be counted">
            {look.error.message}
          </Notice>
        )}
        {look.data && !look.error && (
          <div className={stale ? "opacity-50" : undefined}>
            {stale && (
              <p className="mb-1.5 text-attention text-sm">
                What it was counted for has changed since. Look again.
              </p>
            )}
            <Found found={look.data} schedule={asked?.schedule as Automated} zone={zone} />
          </div>
        )}
      </div>
    </section>
  );
}

function Found({ found, schedule, zone }: { found: Entries; schedule: Automated; zone: string }) {
  const { entries, customers, byDay, byTrigger, latest } = found;
  const { segmentName } = useChoices();
  const most = Math.max(1, ...byDay.map((each) => each.entries));
  const words = (place: number) => {
    const trigger = schedule.triggers[place];
    return trigger ? triggerWords(trigger, segmentName) : "";
  };
  return (
    <div className="flex flex-col gap-3 rounded-md bg-subtle px-3 py-2.5 text-sm">
      <p>
        <span className="font-medium tabular-nums">
          {formatCount(entries)} {entries === 1 ? "entry" : "entries"}
        </span>{" "}
        of {formatCount(customers)} {customers === 1 ? "customer" : "customers"}. {leftOutWords(found)}
      </p>
      {entries > 0 && (
        <>
          <div aria-hidden className="flex h-12 items-end gap-0.5">
            {byDay.map((each) => (
              <span
                key={each.day}
                title={`${each.day}: ${each.entries}`}
                style={{ height: `${Math.max(4, (each.entries / most) * 100)}%` }}
                className={`min-w-0 flex-1 rounded-sm ${each.entries > 0 ? "bg-accent" : "bg-pressed"}`}
              />
            ))}
          </div>
          {byTrigger.length > 1 && (
            <ul className="flex flex-col gap-0.5">
              {byTrigger.map((count, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no name but their place
                <li key={place} className="flex justify-between gap-3">
                  <span className="min-w-0">{words(place)}</span>
                  <span className="tabular-nums">{formatCount(count)}</span>
                </li>
              ))}
            </ul>
          )}
          <ol aria-label="Latest entries" className="flex flex-col gap-0.5">
            {latest.slice(0, 8).map(({ customerId, name, place, at }) => (
              <li key={`${customerId} ${place} ${at}`} className="flex flex-wrap justify-between gap-x-3">
                <Link
                  href={`/customers/${customerId}`}
                  className="rounded-sm text-accent-ink hover:underline"
                >
                  {name || "A customer without a name"}
                </Link>
                <span className="text-muted">
                  <Time value={at} zone={zone} show="exact" />
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="text-muted">
        Customers, policies and segments count as they stand now; events and payments as they were.
      </p>
    </div>
  );
}

function leftOutWords({ outside, again, shared }: Entries): string {
  const parts = [
    ...(outside > 0 ? [`${formatCount(outside)} outside the audience or a condition`] : []),
    ...(again > 0 ? [`${formatCount(again)} had entered shortly before`] : []),
    ...(shared > 0
      ? [`${formatCount(shared)} ${shared === 1 ? "shares" : "share"} an address with one who entered`]
      : []),
  ];
  return parts.length === 0 ? "" : `Left out: ${parts.join(", ")}.`;
}
