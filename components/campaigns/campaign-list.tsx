"use client";

import { useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import type { CampaignPage } from "@/server/campaigns/list";
import type { ListInput } from "@/server/campaigns/schemas";
import {
  campaignGoals,
  campaignStatuses,
  campaignTypes,
  goalLabels,
  statusLabels,
  typeLabels,
} from "@/server/campaigns/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { campaignColumns } from "./campaign-columns";

const filters: Filter[] = [
  {
    name: "status",
    label: "Status",
    options: campaignStatuses.map((value) => ({ value, label: statusLabels[value].label })),
  },
  {
    name: "type",
    label: "Type",
    options: campaignTypes.map((value) => ({ value, label: typeLabels[value].label })),
  },
  {
    name: "goal",
    label: "Goal",
    options: campaignGoals.map((value) => ({ value, label: goalLabels[value].label })),
  },
];

type CampaignListProps = {
  input: ListInput;
  /** The page as the server read it; kept fresh from then on. */
  initial: CampaignPage;
  zone: string;
  mayCreate: boolean;
};

/** The list of campaigns: live progress and rates, filters and search in the address. */
export function CampaignList({ input, initial, zone, mayCreate }: CampaignListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.campaigns.list.queryOptions(input, { initialData: initial }));
  useLive(["campaigns"], trpc.campaigns.list.queryFilter());
  const { rows, previous, next, total } = query.data;
  const narrowed = Boolean(input.search || input.status?.length || input.type?.length || input.goal?.length);
  const elsewhere = Boolean(input.after || input.before);
  return (
    <DataTable
      id="campaigns"
      label="Campaigns"
      columns={campaignColumns(zone)}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/campaigns/${row.id}`}
      paging={{ previous, next }}
      summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "campaign" : "campaigns"}`}
      toolbar={
        (narrowed || elsewhere || total > 0) && (
          <FilterBar filters={filters} search={<SearchInput label="Campaign name" />} />
        )
      }
      empty={narrowed || elsewhere ? <NothingFound /> : <NoCampaigns mayCreate={mayCreate} />}
    />
  );
}

function NothingFound() {
  return (
    <EmptyState
      icon={Megaphone}
      title="No campaign matches"
      action={
        <Button asChild>
          <Link href="/campaigns">Show all campaigns</Link>
        </Button>
      }
    >
      Try another word, or take a filter away.
    </EmptyState>
  );
}

function NoCampaigns({ mayCreate }: { mayCreate: boolean }) {
  return (
    <EmptyState
      icon={Megaphone}
      title="No campaigns yet"
      action={
        mayCreate && (
          <Button variant="primary" asChild>
            <Link href="/campaigns/new">Create a campaign</Link>
          </Button>
        )
      }
    >
      A campaign sends one message, by WhatsApp, SMS or e-mail, to each of the customers you choose, and
      counts who got, opened and clicked it.
    </EmptyState>
  );
}
