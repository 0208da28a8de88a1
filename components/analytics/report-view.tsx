"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { Report } from "@/server/analytics/report";
import { channelLabels, channels } from "@/server/channels/status";
import { formatDateTime } from "@/server/platform/format";
import { CampaignFigures, CampaignFunnel } from "./campaign-figures";
import { CourseView } from "./course-charts";
import { MoneyCard } from "./money-card";
import { RateTable } from "./rate-table";

/** A campaign's figures on one page: for paper, and for whoever has the link. */
export function ReportView({ report, back }: { report: Report; back?: string }) {
  const { name, analytics, course, channels: rows, expiresAt } = report;
  const label = (key: string) => channelLabels[channels.find((each) => each === key) ?? "email"];
  return (
    <TooltipProvider>
      <main className="mx-auto max-w-300 print:max-w-none">
        <PageHeader
          title={name}
          description={
            expiresAt
              ? `Shared until ${formatDateTime(expiresAt.toISOString(), analytics.zone, true)}. Figures as they stand now.`
              : "Figures as they stand now."
          }
          {...(back ? { back: { href: back, label: "Analytics" } } : {})}
          actions={
            <Button className="print:hidden" icon={<Printer aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          }
        />
        <PageBody>
          <CampaignFigures {...analytics} />
          <div className="grid gap-5 lg:grid-cols-2 print:grid-cols-2">
            <CampaignFunnel counts={analytics.counts} measures={analytics.measures} />
            <MoneyCard campaignId="" analytics={analytics} mayEdit={false} />
          </div>
          {course.points.length > 0 && (
            <CourseView course={course} economics={analytics.economics} currency={analytics.currency} />
          )}
          <Card title="By channel" flush>
            <RateTable
              caption="By channel"
              header="Channel"
              lines={rows.map((row) => ({ ...row, label: label(row.key) }))}
              shown={["delivery", "open", "click", "conversion"]}
              currency={analytics.currency}
            />
          </Card>
        </PageBody>
      </main>
    </TooltipProvider>
  );
}
