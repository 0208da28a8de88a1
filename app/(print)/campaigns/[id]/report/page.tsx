import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ReportView } from "@/components/analytics/report-view";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Report" };

/** A campaign's figures on one page without the shell, for paper. */
export default async function ReportPage({ params }: PageProps<"/campaigns/[id]/report">) {
  const { id } = await params;
  if (!(await currentSignedIn())) redirect(await signInPath());
  const { analytics } = await api();
  return (
    <ReportView report={await analytics.report({ campaignId: id })} back={`/campaigns/${id}?tab=analytics`} />
  );
}
