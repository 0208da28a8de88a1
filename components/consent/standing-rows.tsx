"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { Standing } from "@/server/consent/get-customer-consent";
import { contactChannelLabels, purposeLabels, purposes, sourceLabel } from "@/server/consent/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { standingLooks } from "./words";

// The form's rules weigh more than the rest of the section.
const GrantDialog = dynamic(() => import("./grant-dialog").then((part) => part.GrantDialog));

type StandingRowsProps = {
  customerId: string;
  standings: readonly Standing[];
  zone: string;
  mayEdit: boolean;
};

/** One row for each channel, purpose by purpose, with its one act: withdraw at once, or write down a consent. */
export function StandingRows({ customerId, standings, zone, mayEdit }: StandingRowsProps) {
  const [granting, setGranting] = useState<Standing | null>(null);
  return (
    <>
      {purposes.map((purpose) => (
        <section key={purpose} aria-label={purposeLabels[purpose]} className="border-line border-t">
          <h3 className="px-4 pt-3 pb-1 text-muted text-xs">{purposeLabels[purpose]}</h3>
          <ul className="divide-y divide-line">
            {standings
              .filter((standing) => standing.purpose === purpose)
              .map((standing) => (
                <li key={standing.channel} className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
                  <div className="min-w-0 flex-1">
                    <span className="mr-2">{contactChannelLabels[standing.channel]}</span>
                    <StatusBadge {...standingLooks[standing.state]} />
                    {standing.at && (
                      <p className="text-muted text-xs">
                        {standing.source ? sourceLabel(standing.source) : "Source unknown"} ·{" "}
                        <Time value={standing.at} zone={zone} />
                      </p>
                    )}
                  </div>
                  {mayEdit && (
                    <StandingAct
                      customerId={customerId}
                      standing={standing}
                      onGrant={() => setGranting(standing)}
                    />
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      {granting && (
        <GrantDialog customerId={customerId} standing={granting} onClose={() => setGranting(null)} />
      )}
    </>
  );
}

type StandingActProps = { customerId: string; standing: Standing; onGrant: () => void };

function StandingAct({ customerId, standing, onGrant }: StandingActProps) {
  const { consent } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [pending, startTransition] = useTransition();
  const { channel, purpose, state } = standing;
  const what = `${purposeLabels[purpose].toLowerCase()} by ${contactChannelLabels[channel]}`;
  const withdraw = () =>
    startTransition(async () => {
      try {
        await consent.withdraw.mutate({ customerId, channel, purpose });
        toast.success(`Withdrawn: ${what}`, {
          description: "It works from now on, also in running campaigns.",
        });
      } catch (cause) {
        toast.error("It was not withdrawn", {
          description: cause instanceof Error ? cause.message : undefined,
        });
      }
      await queryClient.invalidateQueries(trpc.consent.ofCustomer.queryFilter({ customerId }));
    });
  if (state === "granted" || state === "contract")
    return (
      <Button size="sm" loading={pending} onClick={withdraw} aria-label={`Withdraw ${what}`}>
        Withdraw
      </Button>
    );
  return (
    <Button size="sm" variant="ghost" onClick={onGrant} aria-label={`Write down a consent: ${what}`}>
      Allow…
    </Button>
  );
}
