"use client";

import { Maximize2 } from "lucide-react";
import Link from "next/link";
import { CustomerConsent } from "@/components/consent/customer-consent";
import { EngagementCard } from "@/components/engagement/engagement-card";
import { ErasureNotice } from "@/components/erasures/erasure-notice";
import { PolicyRows } from "@/components/policies/policy-rows";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SidePanel } from "@/components/ui/side-panel";
import type { CustomerDetail } from "@/server/customers/get";
import { StopBadge, TierBadge } from "./customer-badges";
import { CustomerMenu } from "./customer-menu";
import { EditCustomer } from "./edit-customer";
import { ProfileCard } from "./profile-card";
import { SuppressionNotice } from "./suppression-notice";
import { TagEditor } from "./tag-editor";
import { LatestEntries } from "./timeline/latest-entries";
import type { CustomerViewer } from "./use-customer";
import { useCustomer } from "./use-customer";

type CustomerPanelProps = { initial: CustomerDetail; viewer: CustomerViewer };

/** One customer beside the list. */
export function CustomerPanel({ initial, viewer }: CustomerPanelProps) {
  const customer = useCustomer(initial);
  return (
    <SidePanel
      title={customer.name || "Customer without a name"}
      status={<TierBadge tier={customer.tier} />}
      actions={
        <>
          {viewer.mayEdit && <EditCustomer size="sm" customer={customer} ownBook={viewer.ownBook} />}
          <Button asChild size="sm">
            <Link href={`/customers/${customer.id}`} title="Whole page">
              <Maximize2 aria-hidden />
              <span className="sr-only">Whole page</span>
            </Link>
          </Button>
          <CustomerMenu customer={customer} viewer={viewer} />
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <StopBadge state={customer.stopState} />
        <ErasureNotice
          customerId={customer.id}
          name={customer.name}
          eraseAfter={customer.eraseAfter}
          zone={viewer.zone}
          mayErase={viewer.mayErase}
        />
        <SuppressionNotice suppressions={customer.suppressions} zone={viewer.zone} />
        <TagEditor customer={customer} mayEdit={viewer.mayEdit} />
        <ProfileCard customer={customer} zone={viewer.zone} />
        <EngagementCard engagement={customer.engagement} />
        <Card title="Policies" flush>
          <PolicyRows policies={customer.policies} />
        </Card>
        <CustomerConsent customerId={customer.id} zone={viewer.zone} mayEdit={viewer.mayEdit} />
        <Card title="Latest">
          <LatestEntries customer={customer} reader={viewer} />
        </Card>
      </div>
    </SidePanel>
  );
}
