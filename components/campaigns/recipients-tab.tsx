"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { useUrl } from "@/components/ui/use-url";
import type { RunFigures } from "@/server/deliveries";
import { executionStateLabels, reasonLabel } from "@/server/deliveries/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { recipientColumns } from "./recipient-columns";
import {
  filterWords,
  reactionChoices,
  reasonChoices,
  recipientFilterOf,
  stateChoices,
} from "./recipient-filter";
import { SettleUnknown } from "./settle-unknown";
import { UseRecipients } from "./use-recipients";

type RecipientsTabProps = { campaignId: string; figures: RunFigures; zone: string; mayEdit: boolean };

/** Who got it, who did not and why; state, reason and search stand in the address. */
export function RecipientsTab({ campaignId, figures, zone, mayEdit }: RecipientsTabProps) {
  const trpc = useTRPC();
  const url = useUrl();
  const filter = recipientFilterOf(url.params);
  const query = useQuery(
    trpc.deliveries.recipients.queryOptions({ campaignId, ...filter }, { placeholderData: keepPreviousData }),
  );
  if (query.isError)
    return (
      <ErrorState
        title="The recipients could not be read"
        action={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        {query.error.message}
      </ErrorState>
    );
  if (!query.data) return <TableSkeleton columns={6} />;
  const { rows, previous, next } = query.data;
  const narrowed = Boolean(filter.state || filter.reason || filter.did || filter.search);
  return (
    <>
      {filter.state === "unknown" && figures.unknown > 0 && mayEdit && (
        <SettleUnknown campaignId={campaignId} count={figures.unknown} />
      )}
      <DataTable
        id="recipients"
        label="Recipients"
        columns={recipientColumns(zone)}
        rows={rows}
        rowId={(row) => row.publicId}
        rowHref={(row) => url.openHref(row.customerId)}
        currentId={rows.find((row) => row.customerId === url.params.get("open"))?.publicId}
        paging={{ previous, next, words: { previous: "Previous", next: "Next" } }}
        summary={summaryOf(rows.length, figures, filter)}
        stale={query.isPlaceholderData}
        toolbar={<Toolbar campaignId={campaignId} figures={figures} mayEdit={mayEdit} />}
        empty={
          <EmptyState icon={Users} title={narrowed ? "No recipient matches" : "No recipients yet"}>
            {narrowed
              ? "Choose another state or reason, or clear the search."
              : "They are listed as soon as the audience is fixed."}
          </EmptyState>
        }
      />
    </>
  );
}

function Toolbar({ campaignId, figures, mayEdit }: Omit<RecipientsTabProps, "zone">) {
  const url = useUrl();
  const filter = recipientFilterOf(url.params);
  const { state, reason, did } = filter;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput label="Name or address" />
      <Select
        label="State"
        className="w-44"
        value={state ?? "any"}
        options={[{ value: "any", label: "Any state" }, ...stateChoices]}
        onValueChange={(value) => url.set({ state: value === "any" ? null : value, reason: null })}
      />
      <Select
        label="Reason"
        className="w-60 max-w-full"
        value={reason ?? "any"}
        options={[{ value: "any", label: "Any reason" }, ...reasonChoices(figures, state)]}
        onValueChange={(value) => url.set({ reason: value === "any" ? null : value })}
      />
      <Select
        label="What they did"
        className="w-40"
        value={did ?? "any"}
        options={[{ value: "any", label: "Did anything" }, ...reactionChoices]}
        onValueChange={(value) => url.set({ did: value === "any" ? null : value })}
      />
      {mayEdit && <UseRecipients campaignId={campaignId} filter={filter} />}
    </div>
  );
}

/** How many are shown, of how many where a figure says so. */
function summaryOf(shown: number, figures: RunFigures, filter: ReturnType<typeof recipientFilterOf>): string {
  const { state, reason, did, search } = filter;
  if (search || did) return `${formatCount(shown)} on this page${did ? `: ${filterWords(filter)}` : ""}`;
  const counted =
    reason && figures.reasons.find((each) => each.reason === reason && (!state || each.state === state));
  const what = reason ? reasonLabel(reason) : state ? executionStateLabels[state].label : null;
  if (counted && what) return `${formatCount(shown)} of ${formatCount(counted.count)}: ${what}`;
  return what
    ? `${formatCount(shown)} on this page: ${what}`
    : `${formatCount(shown)} of ${formatCount(figures.targeted)} recipients`;
}
