"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { BarChart } from "@/components/charts/bar-chart";
import { useLive } from "@/components/shell/live";
import { Card } from "@/components/ui/card";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import type { Persistency } from "@/server/analytics/persistency";
import type { RenewalCollection } from "@/server/analytics/renewals";
import type { RenewalsInput } from "@/server/analytics/schemas";
import { renewalDimensions, renewalLabels } from "@/server/analytics/status";
import { formatMoney, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { AnalyticsTabs } from "./analytics-tabs";
import { PersistencyCard } from "./persistency-card";
import { RenewalFigures } from "./renewal-figures";
import { RenewalTable } from "./renewal-table";
import { SummarySwitch } from "./summary-switch";
import { ExportItems } from "./take-away";
import { UnpaidSegment } from "./unpaid-segment";
import { placeLabel } from "./words";

const MICRO = 1_000_000;
const series = [
  { key: "before", label: "Paid before due", colour: 1 },
  { key: "grace", label: "Paid in grace", colour: 3 },
  { key: "late", label: "Paid after grace", colour: 6 },
  { key: "open", label: "Unpaid, in time", colour: 2 },
  { key: "lapsed", label: "Unpaid past grace", colour: 5 },
] as const;
const choices = renewalDimensions.map((value) => ({ value, label: renewalLabels[value] }));

type RenewalScreenProps = {
  input: RenewalsInput;
  initial: RenewalCollection;
  kept: Persistency[];
  zone: string;
  mayEdit: boolean;
};

/** What was collected of the premiums of each month, by whom and for what; and how long policies stay. */
export function RenewalScreen({ input, initial, kept, zone, mayEdit }: RenewalScreenProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const { data } = useQuery(trpc.analytics.renewals.queryOptions(input, { initialData: initial }));
  useLive(["customers", "imports"], trpc.analytics.renewals.queryFilter());
  const { months, parts, month, currency } = data;
  const label = (key: string) => placeLabel(key, "month");
  const money = (value: number | null) =>
    value === null ? nothing : formatMoney(String(Math.round(value * MICRO)), currency, 0);
  const chosen = months.find(({ key }) => key === month);
  return (
    <>
      <PageHeader
        title="Analytics"
        description={
          data.paymentsAsOf ? (
            <>
              Premiums by the month in which they fall due. Payments as of{" "}
              <Time value={data.paymentsAsOf.toISOString()} zone={zone} show="exact" />.
            </>
          ) : (
            "Premiums by the month in which they fall due."
          )
        }
        tabs={<AnalyticsTabs />}
      />
      <PageBody>
        {months.length === 0 ? (
          <EmptyState title="No premium falls due around now">
            Import policies with their payments, and what is collected of them appears here.
          </EmptyState>
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-3">
              <Select
                label="Due month"
                className="w-44"
                value={month}
                options={months.map(({ key }) => ({ value: key, label: label(key) }))}
                onValueChange={(value) => url.set({ month: value })}
              />
              {mayEdit && chosen && <UnpaidSegment month={month} label={label(month)} {...chosen} />}
              <span className="ml-auto max-sm:ml-0">
                <SummarySwitch />
              </span>
            </div>
            {chosen && <RenewalFigures row={chosen} currency={currency} />}
            <Card>
              <BarChart
                title={`Premium by due month, ${currency}`}
                axis="Due in"
                stacked
                series={series}
                points={months.map((row) => ({
                  label: label(row.key),
                  values: {
                    before: Number(row.beforeAmount) / MICRO,
                    grace: Number(row.graceAmount) / MICRO,
                    late: Number(row.lateAmount) / MICRO,
                    open: Number(row.openAmount) / MICRO,
                    lapsed: Number(row.lapsedAmount) / MICRO,
                  },
                }))}
                format={money}
              />
            </Card>
            <Card
              title={`Due in ${label(month)}`}
              description="Collected: paid before due or in grace ÷ due, in money."
              actions={
                <>
                  <DropdownMenu
                    align="end"
                    trigger={<IconButton label="Download" size="sm" icon={<Download aria-hidden />} />}
                  >
                    <ExportItems
                      label={`Due in ${label(month)}`}
                      wanted={{ table: "renewals", month, by: input.by ?? "reminded" }}
                    />
                  </DropdownMenu>
                  <Select
                    label="Part by"
                    className="w-36"
                    value={input.by ?? "reminded"}
                    options={choices}
                    onValueChange={(value) => url.set({ by: value })}
                  />
                </>
              }
              flush
            >
              <RenewalTable rows={parts} by={input.by ?? "reminded"} currency={currency} />
            </Card>
            <PersistencyCard kept={kept} currency={currency} />
          </>
        )}
      </PageBody>
    </>
  );
}
