"use client";

import { useQuery } from "@tanstack/react-query";
import { FileInput, Users } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { ShowAll } from "@/components/ui/show-all";
import { useUrl } from "@/components/ui/use-url";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import type { CustomerPage } from "@/server/customers/list";
import { customerFilterNames, type ListCustomersInput } from "@/server/customers/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { BulkActs } from "./bulk-acts";
import { customerColumns } from "./customer-columns";
import type { CustomerViewer } from "./use-customer";
import { useCustomerFilters } from "./use-customer-filters";

type CustomerListProps = {
  input: ListCustomersInput;
  initial: CustomerPage;
  definitions: readonly AttributeDefinition[];
  viewer: CustomerViewer;
  mayImport: boolean;
};

/** The list of customers; search, filters, order, place and the open customer stand in the address. */
export function CustomerList({ input, initial, definitions, viewer, mayImport }: CustomerListProps) {
  const trpc = useTRPC();
  const { params, openHref } = useUrl();
  const query = useQuery(trpc.customers.list.queryOptions(input, { initialData: initial }));
  useLive(["customers"], trpc.customers.list.queryFilter());
  const { filters, onOpen } = useCustomerFilters(definitions, viewer.ownBook);
  const columns = useMemo(() => customerColumns(definitions, viewer.zone), [definitions, viewer.zone]);
  const { rows, previous, next, total } = query.data;
  const narrowed = input.search !== "" || customerFilterNames.some((name) => input[name].length > 0);
  return (
    <DataTable
      id="customers"
      label="Customers"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => openHref(row.id)}
      currentId={params.get("open") ?? undefined}
      sort={input.sort}
      paging={{ previous, next, words: { previous: "Previous", next: "Next" } }}
      summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "customer" : "customers"}`}
      stale={query.isPlaceholderData}
      bulkActions={
        viewer.mayEdit
          ? (ids, clear) => (
              <BulkActs
                ids={ids}
                clear={clear}
                input={input}
                whole={ids.length === rows.length && total > rows.length ? total : null}
                ownBook={viewer.ownBook}
              />
            )
          : undefined
      }
      toolbar={
        <FilterBar
          filters={filters}
          onOpen={onOpen}
          search={<SearchInput label="Name, e-mail, phone or id" />}
        />
      }
      empty={
        narrowed ? (
          <EmptyState icon={Users} title="No customer matches" action={<ShowAll noun="customers" />}>
            Take away a filter, or search for part of a name, an e-mail or a phone number.
          </EmptyState>
        ) : (
          <EmptyState
            icon={Users}
            title="No customers yet"
            action={
              mayImport && (
                <Button variant="primary" asChild>
                  <Link href="/customers/imports/new">
                    <FileInput aria-hidden />
                    Import a file
                  </Link>
                </Button>
              )
            }
          >
            Bring them in from a CSV file. You see what would happen before anything is written.
          </EmptyState>
        )
      }
    />
  );
}
