"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatCount, formatDate } from "@/server/platform/format";
import type { PaymentLine, PolicyLine } from "@/server/policies/list";
import { useTRPC } from "@/server/trpc/react";
import { ChangePayment } from "./payment-dialogs";
import { money, paymentLook } from "./words";

type PaymentRowsProps = { policy: PolicyLine; today: string; mayEdit: boolean };

/** The payments of a policy, latest due date first; the older ones when somebody asks for them. */
export function PaymentRows({ policy, today, mayEdit }: PaymentRowsProps) {
  const trpc = useTRPC();
  const [all, setAll] = useState(false);
  const older = useInfiniteQuery(
    trpc.policies.payments.infiniteQueryOptions(
      { policyId: policy.id },
      { getNextPageParam: (page) => page.next, enabled: all },
    ),
  );
  const rows = (all && older.data?.pages.flatMap((page) => page.rows)) || policy.payments;
  const hidden = policy.paymentCount - rows.length;
  const showMore = () => (all ? void older.fetchNextPage() : setAll(true));
  if (rows.length === 0)
    return <p className="border-line border-t px-4 py-3 text-muted text-sm">No payments are on record.</p>;
  return (
    <>
      <ul
        aria-label={`Payments of ${policy.policyNumber}`}
        className="divide-y divide-line border-line border-t"
      >
        {rows.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} today={today} mayEdit={mayEdit} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className="border-line border-t px-4 py-1.5">
          <Button size="sm" variant="ghost" loading={older.isFetching} onClick={showMore}>
            Show {formatCount(hidden)} older
          </Button>
        </div>
      )}
    </>
  );
}

function PaymentRow({ payment, today, mayEdit }: { payment: PaymentLine; today: string; mayEdit: boolean }) {
  const look = paymentLook(payment.status);
  return (
    <li className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
      <span className="flex min-w-0 flex-1 gap-x-3 max-sm:flex-col">
        <span className="w-24 shrink-0 tabular-nums sm:text-right">
          {money(payment.amount, payment.currency)}
        </span>
        <span className="min-w-0 text-muted">
          <span className="whitespace-nowrap">due {formatDate(payment.dueDate, "UTC")}</span>
          {payment.paidOn && (
            <>
              {" "}
              <span className="whitespace-nowrap">· paid {formatDate(payment.paidOn, "UTC")}</span>
            </>
          )}
        </span>
      </span>
      <StatusBadge tone={look.tone} label={look.label} />
      {mayEdit && <ChangePayment payment={payment} today={today} />}
    </li>
  );
}
