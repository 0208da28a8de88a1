"use client";

import type { ReactNode } from "react";
import { RequestForCustomer } from "@/components/callbacks/add-request";
import { EngagementCard } from "@/components/engagement/engagement-card";
import { ErasureNotice } from "@/components/erasures/erasure-notice";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { useUrl } from "@/components/ui/use-url";
import type { CustomerDetail } from "@/server/customers/get";
import { ConsentList } from "./consent-list";
import { StopBadge, TierBadge } from "./customer-badges";
import { CustomerMenu } from "./customer-menu";
import { EditCustomer } from "./edit-customer";
import { ProfileCard } from "./profile-card";
import { SuppressionNotice } from "./suppression-notice";
import { TagEditor } from "./tag-editor";
import { type CustomerViewer, useCustomer } from "./use-customer";

type CustomerScreenProps = {
  initial: CustomerDetail;
  viewer: CustomerViewer;
  /** The part that the address names: the timeline or the policies. */
  children: ReactNode;
};

/** One customer on a page: who it is at the side, what happened and what is insured in the middle. */
export function CustomerScreen({ initial, viewer, children }: CustomerScreenProps) {
  const customer = useCustomer(initial);
  const tab = useUrl().params.get("tab") ?? "timeline";
  return (
    <>
      <PageHeader
        back={{ href: "/customers", label: "Customers" }}
        title={customer.name || "Customer without a name"}
        status={
          <>
            <TierBadge tier={customer.tier} />
            <StopBadge state={customer.stopState} />
          </>
        }
        actions={
          <>
            <RequestForCustomer customer={{ id: customer.id, name: customer.name }} />
            {viewer.mayEdit && (
              <>
                <EditCustomer customer={customer} ownBook={viewer.ownBook} />
                <CustomerMenu customer={customer} viewer={viewer} />
              </>
            )}
          </>
        }
        tabs={
          <LinkTabs
            label="Parts of the customer"
            tabs={[
              { label: "Timeline", href: "?tab=timeline" },
              { label: "Policies", href: "?tab=policies", count: customer.policies.length },
              { label: "Automations", href: "?tab=automations" },
              { label: "Consent", href: "?tab=consent" },
            ]}
          />
        }
      />
      <PageBody width="content" className="lg:grid lg:grid-cols-[minmax(0,1fr)_21rem] lg:items-start">
        <div
          // On a phone, who asked for a part sees it at once; the timeline stands under who it is about.
          className={cn(
            "flex min-w-0 flex-col gap-4 lg:order-last",
            tab !== "timeline" && "max-lg:order-last",
          )}
        >
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
          {tab !== "consent" && (
            <Card title="Consent" flush className="max-lg:hidden">
              <ConsentList consents={customer.consents} zone={viewer.zone} />
            </Card>
          )}
        </div>
        <div className="min-w-0">{children}</div>
      </PageBody>
    </>
  );
}
