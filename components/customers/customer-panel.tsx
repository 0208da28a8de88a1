"use client";

import { Maximize2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { SidePanel } from "@/components/ui/side-panel";
import { useUrl } from "@/components/ui/use-url";
import type { CustomerDetail } from "@/server/customers/get";
import { StopBadge, TierBadge } from "./customer-badges";
import { CustomerSections } from "./customer-sections";
import { EditCustomer } from "./edit-customer";
import { useCustomer } from "./use-customer";

type CustomerPanelProps = { initial: CustomerDetail; zone: string; mayEdit: boolean };

/** One customer beside the list. */
export function CustomerPanel({ initial, zone, mayEdit }: CustomerPanelProps) {
  const customer = useCustomer(initial);
  const { params } = useUrl();
  const rest = new URLSearchParams(params);
  rest.delete("open");
  const query = rest.toString();
  return (
    <SidePanel
      title={customer.name || "Customer without a name"}
      status={<TierBadge tier={customer.tier} />}
      closeHref={query ? `/customers?${query}` : "/customers"}
      actions={
        <>
          {mayEdit && <EditCustomer customer={customer} />}
          <Button asChild size="sm">
            <Link href={`/customers/${customer.id}`}>
              <Maximize2 aria-hidden />
              <span className="max-sm:sr-only">Whole page</span>
            </Link>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <StopBadge state={customer.stopState} />
        <CustomerSections customer={customer} zone={zone} />
      </div>
    </SidePanel>
  );
}
