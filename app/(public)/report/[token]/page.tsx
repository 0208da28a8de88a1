import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReportView } from "@/components/analytics/report-view";
import { sharedReport } from "@/server/analytics";

export const metadata: Metadata = { title: "Report", robots: { index: false, follow: false } };

/** What a signed link shows until it expires: figures alone, nothing to change. */
export default async function SharedReportPage({ params }: PageProps<"/report/[token]">) {
  const { token } = await params;
  const report = await sharedReport(token);
  if (!report) notFound();
  return <ReportView report={report} />;
}
