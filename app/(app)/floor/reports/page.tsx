import type { Metadata } from "next";
import { LeadsOnly } from "@/components/floor/leads-only";
import { BreachList } from "@/components/floor/reports/breach-list";
import { ReportControls } from "@/components/floor/reports/report-controls";
import { ReportTable } from "@/components/floor/reports/report-table";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { readReportQuery } from "@/server/floor/schemas";
import { mayReadFloor } from "@/server/floor/status";
import { formatDate } from "@/server/platform/format";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Floor reports" };

type ReportsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ReportsPage({ searchParams }: ReportsPageProps) {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadFloor(role))
    return <LeadsOnly title="Floor reports" administrators={await caller.workspaces.administrators()} />;
  const params = await searchParams;
  const query = readReportQuery(params);
  const show = params.show === "breaches" ? "breaches" : "figures";
  const report = await caller.floor.report(query);
  const { from, until } = report.days;
  const day = (text: string) => formatDate(`${text}T00:00:00Z`, "UTC");
  return (
    <>
      <PageHeader
        title="Floor reports"
        description={`${day(from)} to ${day(until)}. Point at a figure to see what it was counted from.`}
        back={{ href: "/floor", label: "Floor" }}
      />
      <PageBody>
        <ReportControls by={query.by} show={show} />
        {show === "figures" ? (
          <ReportTable report={report} />
        ) : (
          <BreachList
            key={`${from} ${until}`}
            from={query.from ?? null}
            until={query.until ?? null}
            zone={report.zone}
          />
        )}
      </PageBody>
    </>
  );
}
