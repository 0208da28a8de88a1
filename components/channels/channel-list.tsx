"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { DataTable } from "@/components/ui/data-table/data-table";
import type { Column } from "@/components/ui/data-table/types";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { PageBody } from "@/components/ui/page-body";
import { SearchInput } from "@/components/ui/search-input";
import { ShowAll } from "@/components/ui/show-all";
import { SplitView } from "@/components/ui/side-panel";
import { useUrl } from "@/components/ui/use-url";
import { formatCount } from "@/server/platform/format";
import type { KeysetPage } from "@/server/platform/keyset";

type ChannelListProps<Row> = {
  /** Of the table: what people set about its columns is kept under it. */
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  /** `total` match the filters, `known` are there. */
  page: KeysetPage<Row> & { total: number; known: number };
  stale: boolean;
  icon: LucideIcon;
  /** "text", "texts" */
  words: readonly [one: string, more: string];
  filters: readonly Filter[];
  searchLabel: string;
  /** The open row, beside the list. */
  panelOf: (row: Row) => ReactNode;
  /** Shown while there is none at all: the next step. */
  none: ReactNode;
};

/** A list of what a channel has, found by words and filters; the open one stands beside it. */
export function ChannelList<Row extends { id: string }>(props: ChannelListProps<Row>) {
  const { id, label, columns, stale, icon, words, filters, searchLabel, panelOf, none } = props;
  const { params, openHref } = useUrl();
  const { rows, previous, next, total, known } = props.page;
  const open = rows.find((row) => row.id === params.get("open"));
  const [one, more] = words;
  return (
    <SplitView panel={open && panelOf(open)}>
      <PageBody>
        <DataTable
          id={id}
          label={label}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowHref={(row) => openHref(row.id)}
          currentId={open?.id}
          stale={stale}
          paging={{ previous, next, words: { previous: "Back", next: "On" } }}
          summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? one : more}`}
          toolbar={known > 0 && <FilterBar filters={filters} search={<SearchInput label={searchLabel} />} />}
          empty={
            known > 0 ? (
              <EmptyState icon={icon} title={`No ${one} matches`} action={<ShowAll noun={more} />}>
                Try other words, or take a filter away.
              </EmptyState>
            ) : (
              none
            )
          }
        />
      </PageBody>
    </SplitView>
  );
}
