"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import type { CampaignDetail } from "@/server/campaigns/get";
import { categories } from "@/server/campaigns/status";
import type { RunFigures } from "@/server/deliveries";
import { useTRPC } from "@/server/trpc/react";
import { CampaignActs } from "./campaign-acts";
import { CampaignStatusBadge } from "./campaign-status";
import { RunOverview } from "./run-overview";

type RunningCampaignProps = { campaign: CampaignDetail; figures: RunFigures; zone: string; mayEdit: boolean };

/** A launched campaign: how far, how well, what is wrong, and the button that stops it. Live without a reload. */
export function RunningCampaign(props: RunningCampaignProps) {
  const { zone, mayEdit } = props;
  const { id } = props.campaign;
  const trpc = useTRPC();
  const { data: campaign } = useQuery(
    trpc.campaigns.get.queryOptions({ id }, { initialData: props.campaign }),
  );
  const { data: figures } = useQuery(
    trpc.deliveries.figures.queryOptions({ campaignId: id }, { initialData: props.figures }),
  );
  useLive([`campaign:${id}`]);
  return (
    <>
      <PageHeader
        title={campaign.name}
        status={<CampaignStatusBadge status={campaign.status} />}
        back={{ href: "/campaigns", label: "Campaigns" }}
        description={<Facts campaign={campaign} zone={zone} />}
        actions={<CampaignActs campaign={campaign} figures={figures} mayEdit={mayEdit} />}
      />
      <PageBody>
        <RunOverview campaign={campaign} figures={figures} />
      </PageBody>
    </>
  );
}

function Facts({ campaign, zone }: { campaign: CampaignDetail; zone: string }) {
  const { category, ownerName, launchedAt } = campaign;
  return (
    <span className="text-sm">
      {categories[category].label} · e-mail{ownerName && ` · ${ownerName}`}
      {launchedAt && (
        <>
          {" · launched "}
          <Time value={launchedAt.toISOString()} zone={zone} />
        </>
      )}
    </span>
  );
}
