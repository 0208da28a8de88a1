"use client";

import { Megaphone } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkTabs } from "@/components/ui/link-tabs";
import { SearchInput } from "@/components/ui/search-input";
import { SidePanel } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { useUrl } from "@/components/ui/use-url";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { type Line, lines, states } from "./lines";
import { Specimen } from "./specimen";

const columns: Column<Line>[] = [
  { id: "name", header: "Campaign", cell: (line) => line.name, width: 260, sortable: true, total: "Total" },
  { id: "state", header: "State", cell: (line) => <StatusBadge {...line.state} />, width: 130 },
  { id: "channel", header: "Channel", cell: (line) => line.channel, width: 110, shown: "wide" },
  {
    id: "sent",
    header: "Sent",
    cell: (line) => formatCount(line.sent),
    align: "end",
    width: 100,
    sortable: true,
    total: formatCount(lines.reduce((total, line) => total + line.sent, 0)),
  },
  {
    id: "rate",
    header: "Opened",
    cell: (line) => formatPercent(line.rate),
    align: "end",
    width: 100,
    shown: "wide",
  },
  {
    id: "cost",
    header: "Cost",
    cell: (line) => formatMoney(line.cost),
    align: "end",
    width: 120,
    shown: "wide",
  },
];

export function TableSpecimens() {
  const { params, openHref } = useUrl();
  const sort = params.get("sort") ?? "name";
  const key = sort.replace("-", "") === "sent" ? "sent" : "name";
  const direction = sort.startsWith("-") ? -1 : 1;
  const wanted = params.getAll("state");
  const text = (params.get("q") ?? "").toLowerCase();
  const rows = lines
    .filter(
      ({ state, name }) =>
        (wanted.length === 0 || wanted.includes(state.label)) && name.toLowerCase().includes(text),
    )
    .toSorted((one, other) => (one[key] < other[key] ? -direction : direction));
  return (
    <>
      <Specimen name="Tabs">
        <div className="w-full border-line border-b">
          <LinkTabs
            label="Parts of the example"
            tabs={[
              { label: "Overview", href: "?tab=overview" },
              { label: "Recipients", href: "?tab=recipients", count: 5000 },
              { label: "Content", href: "?tab=content" },
            ]}
          />
        </div>
      </Specimen>
      <Specimen name="Table">
        <div className="w-full">
          <DataTable
            id="specimen"
            label="Campaigns of the example"
            columns={columns}
            rows={rows}
            rowId={(line) => line.id}
            rowHref={(line) => openHref(line.id)}
            currentId={params.get("open") ?? undefined}
            sort={sort}
            toolbar={
              <FilterBar
                search={<SearchInput label="Name of a campaign" />}
                filters={[
                  {
                    name: "state",
                    label: "State",
                    options: states.map(({ label }) => ({ value: label, label })),
                  },
                ]}
              />
            }
            summary={`${formatCount(rows.length)} of 24 campaigns`}
            paging={{ previous: null, next: null }}
            bulkActions={(ids, clear) => (
              <Button size="sm" onClick={clear}>
                Archive {formatCount(ids.length)}
              </Button>
            )}
            empty={
              <EmptyState title="No campaign matches">
                Remove a filter, or search for something else.
              </EmptyState>
            }
          />
        </div>
      </Specimen>
      <Specimen name="Table without rows">
        <div className="w-full">
          <DataTable
            id="specimen-empty"
            label="No campaigns"
            columns={columns}
            rows={[]}
            rowId={(line) => line.id}
            empty={
              <EmptyState
                icon={Megaphone}
                title="No campaigns yet"
                action={<Button variant="primary">New campaign</Button>}
              >
                A campaign says what is sent, to whom and when. The first one takes about three minutes.
              </EmptyState>
            }
          />
        </div>
      </Specimen>
    </>
  );
}

/** The row that is open, beside the page. */
export function OpenLine() {
  const { params } = useUrl();
  const line = lines.find(({ id }) => id === params.get("open"));
  if (!line) return null;
  return (
    <SidePanel title={line.name} status={<StatusBadge {...line.state} />}>
      <DescriptionList
        items={[
          { term: "Channel", value: line.channel },
          { term: "Sent", value: formatCount(line.sent) },
          { term: "Opened", value: formatPercent(line.rate) },
          { term: "Cost", value: formatMoney(line.cost) },
        ]}
      />
    </SidePanel>
  );
}
