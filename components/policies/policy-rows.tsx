import { StatusBadge } from "@/components/ui/status-badge";
import { formatDate } from "@/server/platform/format";
import type { PolicyLine } from "@/server/policies/list";
import { paymentModeLabels } from "@/server/policies/status";
import { money, policyLook } from "./words";

/** The policies of a customer in short, beside the list. */
export function PolicyRows({ policies }: { policies: readonly PolicyLine[] }) {
  if (policies.length === 0) return <p className="px-4 pb-4 text-muted text-sm">No policies.</p>;
  return (
    <ul className="divide-y divide-line border-line border-t">
      {policies.map((policy) => {
        const look = policyLook(policy.status);
        return (
          <li key={policy.id} className="flex items-start justify-between gap-3 px-4 py-2 text-sm">
            <div className="min-w-0">
              <p className="break-words">{policy.productName}</p>
              <p className="break-words text-muted text-xs tabular-nums">
                {policy.policyNumber} · {money(policy.premium, policy.currency)}{" "}
                {paymentModeLabels[policy.paymentMode].toLowerCase()}
                {policy.renewalDate && <> · due {formatDate(policy.renewalDate, "UTC")}</>}
              </p>
            </div>
            <StatusBadge tone={look.tone} label={look.label} />
          </li>
        );
      })}
    </ul>
  );
}
