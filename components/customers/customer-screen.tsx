"use client";

import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { CustomerDetail } from "@/server/customers/get";
import { StopBadge, TierBadge } from "./customer-badges";
import { CustomerSections } from "./customer-sections";
import { EditCustomer } from "./edit-customer";
import { useCustomer } from "./use-customer";

/** One customer on a page of their own. */
export function CustomerScreen(props: { initial: CustomerDetail; zone: string; mayEdit: boolean }) {
  const customer = useCustomer(props.initial);
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
        actions={props.mayEdit && <EditCustomer customer={customer} />}
      />
      <PageBody width="content">
        <div className="-mb-5 gap-5 lg:columns-2 [&>*]:mb-5 [&>*]:break-inside-avoid">
          <CustomerSections customer={customer} zone={props.zone} />
        </div>
      </PageBody>
    </>
  );
}
