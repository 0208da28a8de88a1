"use client";

import { useQuery } from "@tanstack/react-query";
import { Goal } from "lucide-react";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SearchInput } from "@/components/ui/search-input";
import { ShowAll } from "@/components/ui/show-all";
import { useUrl } from "@/components/ui/use-url";
import type { ConversionPage } from "@/server/conversions/browse";
import type { BrowseInput } from "@/server/conversions/schemas";
import { conversionSources, conversionStates, sourceLabels, stateLabels } from "@/server/conversions/status";
import { formatCount, formatMoney } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { conversionColumns } from "./conversion-columns";
import { UploadConversions } from "./upload-conversions";

const filterNames = ["q", "campaign", "source", "state"];

type ConversionScreenProps = { input: BrowseInput; initial: ConversionPage; zone: string; mayEdit: boolean };

/** Every goal reached, the latest first, live; filters, place and the open one stand in the address. */
export function ConversionScreen({ input, initial, zone, mayEdit }: ConversionScreenProps) {
  const trpc = useTRPC();
  const { params, openHref } = useUrl();
  const { data } = useQuery(trpc.conversions.browse.queryOptions(input, { initialData: initial }));
  useLive(["conversions"], trpc.conversions.browse.queryFilter());
  const columns = useMemo(() => conversionColumns(zone), [zone]);
  const narrowed = filterNames.some((name) => params.has(name));
  const { rows, previous, next, total, counting, revenue, currency, campaigns } = data;
  return (
    <>
      <PageHeader
        title="Conversions"
        description="Goals that customers reached, each credited to the last message in its window."
        actions={mayEdit && <UploadConversions zone={zone} />}
      />
      <PageBody width="full">
        <DataTable
          id="conversions"
          label="Conversions"
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowHref={(row) => openHref(row.id)}
          currentId={params.get("open") ?? undefined}
          paging={{ previous, next }}
          summary={`${formatCount(total)} conversions, ${formatCount(counting)} count: ${formatMoney(revenue, currency, 0)}`}
          toolbar={
            <FilterBar
              search={<SearchInput label="Customer" />}
              filters={[
                {
                  name: "campaign",
                  label: "Campaign",
                  options: campaigns.map(({ id, name }) => ({ value: id, label: name })),
                },
                {
                  name: "state",
                  label: "State",
                  options: conversionStates.map((value) => ({ value, label: stateLabels[value] })),
                },
                {
                  name: "source",
                  label: "Told by",
                  options: conversionSources.map((value) => ({ value, label: sourceLabels[value] })),
                },
              ]}
            />
          }
          empty={
            <EmptyState
              icon={Goal}
              title={narrowed ? "No conversion matches" : "No conversion yet"}
              action={narrowed && <ShowAll noun="conversions" />}
            >
              {narrowed
                ? "Try another name, or take a filter away."
                : "Name the event that means a campaign’s goal, tell conversions by REST, or upload a CSV file."}
            </EmptyState>
          }
        />
      </PageBody>
    </>
  );
}
