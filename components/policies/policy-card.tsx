"use client";

import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { StatusBadge } from "@/components/ui/status-badge";
import { addDays } from "@/server/platform/days";
import { formatDate } from "@/server/platform/format";
import type { PolicyLine } from "@/server/policies/list";
import { paymentModeLabels } from "@/server/policies/status";
import { RecordPayment } from "./payment-dialogs";
import { PaymentRows } from "./payment-rows";
import { EditPolicy } from "./policy-drawers";
import { money, policyLook, policyTypeLabel } from "./words";

const day = (date: string | null) => date && formatDate(date, "UTC");

type PolicyCardProps = { policy: PolicyLine; today: string; mayEdit: boolean };

/** One policy with its state, its terms and its payments. */
export function PolicyCard({ policy, today, mayEdit }: PolicyCardProps) {
  const { status, renewalDate } = policy;
  const look = policyLook(status);
  const due = status === "in_force" ? "Next due" : "Was due";
  return (
    <Card
      title={policy.productName}
      description={`${policy.policyNumber} · ${policyTypeLabel(policy.policyType)}`}
      flush
      actions={
        <>
          <StatusBadge tone={look.tone} label={look.label} />
          {mayEdit && <EditPolicy policy={policy} />}
        </>
      }
    >
      <div className="grid gap-x-8 gap-y-2 px-4 pb-4 sm:grid-cols-2">
        <DescriptionList
          items={[
            {
              term: "Premium",
              value: `${money(policy.premium, policy.currency)} ${paymentModeLabels[policy.paymentMode].toLowerCase()}`,
            },
            { term: "Sum assured", value: policy.sumAssured && money(policy.sumAssured, policy.currency) },
            { term: "Auto-debit", value: policy.autoDebit ? "On" : "Off" },
          ]}
        />
        <DescriptionList
          items={[
            { term: "Started", value: day(policy.startDate) },
            { term: due, value: day(renewalDate) },
            {
              term: "Grace until",
              value: renewalDate && day(addDays(renewalDate, policy.graceDays)),
            },
          ]}
        />
      </div>
      <PaymentRows policy={policy} today={today} mayEdit={mayEdit} />
      {mayEdit && (
        <div className="flex justify-end border-line border-t px-4 py-2.5">
          <RecordPayment policy={policy} today={today} />
        </div>
      )}
    </Card>
  );
}
