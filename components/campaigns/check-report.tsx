"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import type { Check } from "@/server/campaigns/get-check";
import type { DraftFields } from "@/server/campaigns/schemas";
import { formatCount, formatDateTime, formatMoney, nothing } from "@/server/platform/format";
import { callbacksWords } from "./callbacks-words";
import { CheckGroups } from "./check-groups";
import { CheckPreviews } from "./check-previews";
import { CheckVariants } from "./check-variants";
import type { CheckState } from "./use-check";

type CheckReportProps = {
  campaignId: string;
  state: CheckState;
  content: DraftFields;
  zone: string;
  currency: string;
  /** A link leads to what must be mended. */
  onLeave: () => void;
};

/** What would happen: who goes, who waits until when, who is left out and why; when it ends and what it costs. */
export function CheckReport({ campaignId, state, content, zone, currency, onLeave }: CheckReportProps) {
  const { check, starting, problem, cancel } = state;
  if (problem)
    return (
      <Notice
        tone="danger"
        title="This must be mended first"
        className="my-2"
        action={
          problem.tab && (
            <Button size="sm" asChild>
              <Link href={`?tab=${problem.tab}`} onClick={onLeave}>
                Go there
              </Link>
            </Button>
          )
        }
      >
        {problem.message}
      </Notice>
    );
  if (!check || (starting && check.status !== "running")) return <Skeleton className="my-2 h-40" />;
  return (
    <div className="flex flex-col gap-5 py-2">
      {check.status === "running" && (
        <div className="flex items-end gap-3">
          <div className="flex-1">
            <Progress
              label="Asking about everybody"
              done={check.judged}
              total={check.total}
              unit="customers"
            />
          </div>
          <Button size="sm" onClick={() => void cancel()}>
            Stop
          </Button>
        </div>
      )}
      {check.status === "cancelled" && (
        <Notice tone="attention">
          It was stopped after {formatCount(check.judged)} of {formatCount(check.total)} customers.
        </Notice>
      )}
      {check.status === "done" && !check.current && (
        <Notice tone="attention">The campaign was changed since. Ask again for what holds now.</Notice>
      )}
      <CheckGroups campaignId={campaignId} check={check} zone={zone} />
      <CheckVariants check={check} content={content} />
      <DescriptionList items={factsOf(check, zone, currency)} />
      <CheckPreviews content={content} check={check} />
    </div>
  );
}

function factsOf(check: Check, zone: string, currency: string) {
  const { finishesAt, perSecond, cost, callbacks, paymentsAsOf, templates } = check;
  const ends = finishesAt ? formatDateTime(finishesAt.toISOString(), zone, true) : nothing;
  const pace =
    perSecond === null ? "no pace is set, so it takes moments" : `${formatCount(perSecond, 2)} a second`;
  return [
    { term: "Ends", value: finishesAt ? `${ends}, if launched now (${pace})` : nothing },
    { term: "Costs", value: `${formatMoney(cost, currency)}, tax included` },
    { term: "Callbacks", value: callbacksWords(callbacks) },
    {
      term: "Payments data",
      value: paymentsAsOf
        ? `Of ${formatDateTime(paymentsAsOf.toISOString(), zone)}`
        : "None was ever imported",
    },
    ...(templates.length > 0
      ? [
          {
            term: "WhatsApp templates",
            value: templates
              .map(({ name, language, approval }) => `${name} (${language}): ${approval}`)
              .join(", "),
          },
        ]
      : []),
  ];
}
