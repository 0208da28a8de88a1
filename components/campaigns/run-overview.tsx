import Link from "next/link";
import { ListeningCard } from "@/components/automations/listening-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { CampaignDetail } from "@/server/campaigns/get";
import type { RunFigures } from "@/server/deliveries";
import { formatCount } from "@/server/platform/format";
import { AbTestCard } from "./ab-test-card";
import { HoldUps } from "./hold-ups";
import { ReviewHistory } from "./review-history";
import { RunChart } from "./run-chart";
import { RunConditions } from "./run-conditions";
import { RunFunnel, RunKeyFigures } from "./run-figures";
import { RunProgress } from "./run-progress";
import { RunReasons } from "./run-reasons";
import { SandboxNote } from "./sandbox-note";

type RunOverviewProps = {
  campaign: CampaignDetail;
  figures: RunFigures;
  zone: string;
  mayEdit: boolean;
  mayReadInbox: boolean;
};

/** One look: what is wrong first, then how far, how well, and why not everybody. */
export function RunOverview({ campaign, figures, zone, mayEdit, mayReadInbox }: RunOverviewProps) {
  return (
    <>
      {campaign.status === "active" && (
        <HoldUps campaignId={campaign.id} failure={campaign.failure} zone={zone} />
      )}
      <Trouble campaign={campaign} figures={figures} />
      {mayReadInbox && figures.sent > 0 && <SandboxNote campaignId={campaign.id} />}
      {campaign.schedule.kind === "automated" ? (
        <ListeningCard
          campaignId={campaign.id}
          schedule={campaign.schedule}
          waiting={figures.pending + figures.held + figures.retrying + figures.sending}
          zone={zone}
        />
      ) : (
        <RunProgress campaign={campaign} figures={figures} />
      )}
      {campaign.status !== "completed" && (
        <RunConditions campaign={campaign} figures={figures} zone={zone} mayEdit={mayEdit} />
      )}
      <RunKeyFigures figures={figures} measures={campaign.conversionEvent} />
      {campaign.abTest && <AbTestCard campaignId={campaign.id} zone={zone} mayEdit={mayEdit} />}
      <div className="grid gap-5 lg:grid-cols-2">
        <RunFunnel figures={figures} />
        <RunReasons reasons={figures.reasons} />
      </div>
      {campaign.approval.history.length > 0 && (
        <Card title="Approval">
          <ReviewHistory history={campaign.approval.history} zone={zone} />
        </Card>
      )}
      <RunChart campaignId={campaign.id} zone={zone} />
    </>
  );
}

const troubleTitles = {
  paused: "Paused by the sender",
  failed: "The campaign failed",
  cancelled: "Its period has ended",
} as const;

/** Only what needs a person. */
function Trouble({
  campaign: { status, failure },
  figures: { unknown },
}: {
  campaign: CampaignDetail;
  figures: RunFigures;
}) {
  return (
    <>
      {failure && (status === "paused" || status === "failed" || status === "cancelled") && (
        <Notice tone={status === "failed" ? "danger" : "attention"} title={troubleTitles[status]}>
          {failure}
        </Notice>
      )}
      {unknown > 0 && (
        <Notice
          tone="attention"
          title={`${formatCount(unknown)} ${unknown === 1 ? "message has" : "messages have"} an unknown outcome`}
          action={
            <Button size="sm" asChild>
              <Link href="?tab=recipients&state=unknown" scroll={false}>
                See them
              </Link>
            </Button>
          }
        >
          The provider’s answer was lost, so they may or may not have arrived. They are not sent again.
        </Notice>
      )}
    </>
  );
}
