import { EraserIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Erased } from "@/server/erasures/find";
import { formatCount, formatDateTime } from "@/server/platform/format";

type ErasedCustomerProps = { erased: Erased; zone: string };

/** The page of somebody who was forgotten: links of campaigns and of the audit log still lead here. */
export function ErasedCustomer({ erased, zone }: ErasedCustomerProps) {
  const { at, requestedAt, requestedBy, policies, messages } = erased;
  return (
    <>
      <PageHeader
        back={{ href: "/customers", label: "Customers" }}
        title="Erased customer"
        status={<StatusBadge tone="neutral" label="Erased" />}
      />
      <PageBody width="content">
        <EmptyState
          icon={EraserIcon}
          title={`Erased on ${formatDateTime(at, zone)}`}
          action={
            <Button asChild>
              <Link href="/customers">All customers</Link>
            </Button>
          }
        >
          {requestedBy ?? "Somebody who has left"} asked for it on {formatDateTime(requestedAt, zone)}. The
          personal data is gone for good; {formatCount(messages)} {messages === 1 ? "message" : "messages"}{" "}
          and {formatCount(policies)} {policies === 1 ? "policy" : "policies"} still count in the figures.
        </EmptyState>
      </PageBody>
    </>
  );
}
