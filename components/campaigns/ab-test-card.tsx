"use client";

import { useQuery } from "@tanstack/react-query";
import { Award } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { toast } from "@/components/ui/toaster";
import { formatCount, formatPercent, nothing } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import type { RunTest } from "@/server/variants/get";
import { metricLabels, variantName, variedLabels } from "@/server/variants/status";
import { choiceWords, stateWords } from "./ab-test-state";
import { CommentDialog } from "./comment-dialog";

type AbTestCardProps = { campaignId: string; zone: string; mayEdit: boolean };

/** The A/B test of the latest run: how many each variant has and how they do, what was chosen, and the choice by hand. */
export function AbTestCard({ campaignId, zone, mayEdit }: AbTestCardProps) {
  const trpc = useTRPC();
  const { data: test } = useQuery(trpc.variants.test.queryOptions({ campaignId }));
  const [choosing, setChoosing] = useState<number | null>(null);
  if (!test) return null;
  const { rules, variants, chosen } = test;
  const open = test.restSize === 0 || test.restBegunAt === null;
  const ended = test.campaignStatus !== "active" && test.campaignStatus !== "paused";
  const mayChoose = mayEdit && rules.winner !== "none" && open && (test.restSize === 0 || !ended);
  return (
    <Card title={`A/B test: ${variedLabels[rules.varies].label.toLowerCase()}`}>
      <div className="flex flex-col gap-4">
        <p className="text-sm">{chosen === null ? stateWords(test, zone) : choiceWords(test, zone)}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section aria-label="Variants of the test" tabIndex={0} className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead className="text-left text-muted">
              <tr className="border-line border-b">
                <th scope="col" className="py-2 pr-3 font-normal">
                  Variant
                </th>
                <th scope="col" className="px-1.5 text-right sm:px-3 font-normal max-sm:hidden">
                  Assigned
                </th>
                <th scope="col" className="px-1.5 text-right sm:px-3 font-normal">
                  Delivered
                </th>
                <th scope="col" className="px-1.5 text-right sm:px-3 font-normal">
                  {metricLabels[rules.metric].label}
                </th>
                <th scope="col" className="px-1.5 text-right sm:px-3 font-normal">
                  Rate
                </th>
                {mayChoose && (
                  <th scope="col" className="pl-3">
                    <span className="sr-only">Choose</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {variants.map((variant, nth) => (
                <tr key={variant.name} className="border-line border-b last:border-b-0">
                  <th scope="row" className="whitespace-nowrap py-2.5 pr-3 text-left font-medium">
                    {variant.name} <span className="font-normal text-faint">{variant.share}%</span>{" "}
                    {chosen === nth && <Badge tone="good">Chosen</Badge>}
                  </th>
                  <td className="px-1.5 text-right sm:px-3 max-sm:hidden">{formatCount(variant.assigned)}</td>
                  <td className="px-1.5 text-right sm:px-3">{formatCount(variant.delivered)}</td>
                  <td className="px-1.5 text-right sm:px-3">{formatCount(variant.did)}</td>
                  <td
                    className="px-1.5 text-right sm:px-3"
                    title={`${formatCount(variant.did)} of ${formatCount(variant.delivered)} delivered`}
                  >
                    {variant.rate === null ? nothing : formatPercent(variant.rate, 2)}
                  </td>
                  {mayChoose && (
                    <td className="py-1.5 pl-3 text-right">
                      {chosen !== nth && (
                        <Button size="sm" icon={<Award aria-hidden />} onClick={() => setChoosing(nth)}>
                          Choose {variant.name}
                        </Button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Evidence test={test} />
      </div>
      <ChooseDialog
        key={choosing}
        test={test}
        campaignId={campaignId}
        variant={choosing}
        onClose={() => setChoosing(null)}
      />
    </Card>
  );
}

/** Once the rest was sent, the chosen variant's figures hold it too: those of the choice stay beside them. */
function Evidence({ test: { evidence, restBegunAt, chosen } }: { test: RunTest }) {
  if (!evidence || restBegunAt === null || chosen === null) return null;
  const arms = evidence.arms
    .map(
      ({ n, x }, nth) =>
        `${variantName(nth)} ${formatCount(x)} of ${formatCount(n)} (${n === 0 ? nothing : formatPercent(x / n, 2)})`,
    )
    .join(", ");
  return (
    <p className="text-muted text-sm">
      When it was chosen: {arms}. What stands above for {variantName(chosen)} holds the rest of the audience
      too.
    </p>
  );
}

type ChooseDialogProps = { test: RunTest; campaignId: string; variant: number | null; onClose: () => void };

function ChooseDialog({ test, campaignId, variant, onClose }: ChooseDialogProps) {
  const client = useTRPCClient();
  const { restSize, runNumber, rules } = test;
  const name = variantName(variant ?? 0);
  return (
    <CommentDialog
      open={variant !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Choose variant ${name}?`}
      description={
        <>
          {restSize > 0
            ? `${formatCount(restSize)} customers who wait get variant ${name}, beginning now. What has been sent cannot be taken back.`
            : `Everybody has a variant already: ${name} is written down as the winner, and nothing is sent.`}
          {rules.winner === "auto" && " The test itself has not named it."}
        </>
      }
      label="Why this one"
      needed="Say why: whoever looks at the test later reads it."
      confirmLabel={`Choose ${name}`}
      onConfirm={async (reason) => {
        await client.variants.choose.mutate({ campaignId, runNumber, variant: variant ?? 0, reason });
        toast.success(`Variant ${name} is chosen`);
      }}
    />
  );
}
