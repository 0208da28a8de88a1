"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/server/trpc/react";
import { ConsentHistory } from "./consent-history";
import { CopyPreferences } from "./copy-preferences";
import { StandingRows } from "./standing-rows";

type CustomerConsentProps = { customerId: string; zone: string; mayEdit: boolean };

/** What a customer allows, for each channel and purpose, what was said, and the acts on it. */
export function CustomerConsent({ customerId, zone, mayEdit }: CustomerConsentProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.consent.ofCustomer.queryOptions({ customerId }));
  useLive([`customer:${customerId}`], trpc.consent.ofCustomer.queryFilter({ customerId }));
  const { data, error, refetch } = query;
  return (
    <Card
      title="Consent"
      description="What the customer allows. Everything else is not sent."
      flush
      actions={data && <CopyPreferences url={data.preferencesUrl} />}
    >
      {error && (
        <div className="px-4 pb-4">
          <ErrorState
            title="Consent could not be read"
            kept="Nothing was changed."
            action={<Button onClick={() => void refetch()}>Try again</Button>}
          >
            {error.message}
          </ErrorState>
        </div>
      )}
      {!data && !error && <Skeleton className="mx-4 mb-4 h-64" />}
      {data && (
        <>
          <StandingRows customerId={customerId} standings={data.standings} zone={zone} mayEdit={mayEdit} />
          <ConsentHistory customerId={customerId} first={data} zone={zone} />
        </>
      )}
    </Card>
  );
}
