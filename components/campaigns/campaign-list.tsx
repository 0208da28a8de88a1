"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Megaphone, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { Notice } from "@/components/ui/notice";
import { SearchInput } from "@/components/ui/search-input";
import { ShowAll } from "@/components/ui/show-all";
import type { CampaignFilters } from "@/server/campaigns/filters";
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
import { channelLabels, channels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { campaignColumns } from "./campaign-columns";

// Loaded when they are wanted: the list itself is what people wait for.
const BulkActs = dynamic(() => import("./bulk-acts").then((part) => part.BulkActs));
const CampaignViews = dynamic(() => import("./campaign-views").then((part) => part.CampaignViews));

const everywhere: Filter[] = [
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
  {
    name: "channel",
    label: "Channel",
    options: channels.map((value) => ({ value, label: channelLabels[value] })),
  },
];

type CampaignListProps = {
  input: ListInput;
  /** The page as the server read it; kept fresh from then on. */
  initial: CampaignPage;
  zone: string;
  currency: string;
  mayCreate: boolean;
};

/** The list of campaigns: live progress and rates, filters and search in the address. */
export function CampaignList({ input, initial, zone, currency, mayCreate }: CampaignListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.campaigns.list.queryOptions(input, { initialData: initial }));
  useLive(["campaigns"], trpc.campaigns.list.queryFilter());
  useLive(["campaigns"], trpc.campaigns.filters.queryFilter());
  const { rows, previous, next, total } = query.data;
  const { data: choices } = useQuery(
    trpc.campaigns.filters.queryOptions(undefined, { placeholderData: keepPreviousData }),
  );
  const { search, archived, status, type, goal, channel, owner, tag } = input;
  const narrowed =
    Boolean(search || archived) || [status, type, goal, channel, owner, tag].some((values) => values?.length);
  const filters = [...everywhere, ...ownFilters(choices)];
  const elsewhere = Boolean(input.after || input.before);
  const waiting = choices?.waiting ?? 0;
  const views = choices?.views ?? [];
  return (
    <>
      {waiting > 0 && (
        <Notice
          title={`${formatCount(waiting)} ${waiting === 1 ? "campaign waits" : "campaigns wait"} for your approval`}
          action={
            <Button size="sm" asChild>
              <Link href="/campaigns?status=in_review">See them</Link>
            </Button>
          }
        />
      )}
      <DataTable
        id="campaigns"
        label="Campaigns"
        columns={campaignColumns(zone, currency)}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => `/campaigns/${row.id}`}
        paging={{ previous, next }}
        summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "campaign" : "campaigns"}`}
        toolbar={
          (narrowed || elsewhere || total > 0) && (
            <div className="flex flex-wrap items-center justify-between gap-2">
              <FilterBar filters={filters} search={<SearchInput label="Campaign name" />} />
              {(narrowed || views.length > 0) && <CampaignViews views={views} />}
            </div>
          )
        }
        {...(mayCreate
          ? {
              bulkActions: (ids: readonly string[], clear: () => void) => (
                <BulkActs
                  rows={rows.filter(({ id }) => ids.includes(id))}
                  clear={clear}
                  archived={archived ?? false}
                />
              ),
            }
          : {})}
        empty={narrowed || elsewhere ? <NothingFound /> : <NoCampaigns mayCreate={mayCreate} />}
      />
    </>
  );
}

function ownFilters(choices: CampaignFilters | undefined): Filter[] {
  if (!choices) return [];
  const owners = choices.owners.map(({ id, name }) => ({ value: id, label: name }));
  const tags = choices.tags.map((tag) => ({ value: tag, label: tag }));
  return [
    ...(owners.length > 0 ? [{ name: "owner", label: "Owner", options: owners, rare: true }] : []),
    ...(tags.length > 0 ? [{ name: "tag", label: "Tag", options: tags, rare: true }] : []),
    { name: "archived", label: "Archived", options: [{ value: "yes", label: "Only archived" }], rare: true },
  ];
}

function NothingFound() {
  return (
    <EmptyState icon={Megaphone} title="No campaign matches" action={<ShowAll noun="campaigns" />}>
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
            <Link href="/campaigns/new">
              <Plus aria-hidden />
              Create a campaign
            </Link>
          </Button>
        )
      }
    >
      A campaign sends one message, by WhatsApp, SMS or e-mail, to each of the customers you choose, and
      counts who got, opened and clicked it.
    </EmptyState>
  );
}
