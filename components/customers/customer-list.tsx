"use client";

import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { type Filter, FilterBar } from "@/components/ui/filter-bar";
import { SearchInput } from "@/components/ui/search-input";
import { useUrl } from "@/components/ui/use-url";
import type { CustomerPage } from "@/server/customers/list";
import {
  type ListCustomersInput,
  languageLabel,
  stopStateLabels,
  stopStates,
  tierLabels,
  tiers,
} from "@/server/customers/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { customerColumns } from "./customer-columns";

const plain = (value: string) => ({ value, label: value });

const filtersOf = ({ languages, cities }: Pick<CustomerPage, "languages" | "cities">): Filter[] => [
  { name: "tier", label: "Tier", options: tiers.map((value) => ({ value, label: tierLabels[value] })) },
  {
    name: "language",
    label: "Language",
    options: languages.map((value) => ({ value, label: languageLabel(value) })),
  },
  { name: "city", label: "City", options: cities.map(plain) },
  {
    name: "email",
    label: "E-mail",
    options: [
      { value: "yes", label: "Has an e-mail" },
      { value: "no", label: "Has none" },
    ],
  },
  {
    name: "stop",
    label: "Promotion",
    options: [
      { value: "none", label: "Not stopped" },
      ...stopStates.map((value) => ({ value, label: stopStateLabels[value] })),
    ],
  },
];

type CustomerListProps = { input: ListCustomersInput; initial: CustomerPage; mayImport: boolean };

/** The list of customers; search, filters, order, place and the open customer stand in the address. */
export function CustomerList({ input, initial, mayImport }: CustomerListProps) {
  const trpc = useTRPC();
  const { params } = useUrl();
  const query = useQuery(trpc.customers.list.queryOptions(input, { initialData: initial }));
  useLive(["customers"], trpc.customers.list.queryFilter());
  const { rows, previous, next, total } = query.data;
  const { search, tier, language, city, email, stop } = input;
  const narrowed = search !== "" || [tier, language, city, email, stop].some((values) => values.length > 0);
  // Opening a customer keeps the place in the list, so it is no change of `useUrl`.
  const openHref = (id: string) => {
    const query = new URLSearchParams(params);
    query.set("open", id);
    return `/customers?${query}`;
  };
  return (
    <DataTable
      id="customers"
      label="Customers"
      columns={customerColumns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => openHref(row.id)}
      currentId={params.get("open") ?? undefined}
      sort={input.sort}
      paging={{ previous, next, words: { previous: "Previous", next: "Next" } }}
      summary={`${formatCount(rows.length)} of ${formatCount(total)} ${total === 1 ? "customer" : "customers"}`}
      stale={query.isPlaceholderData}
      toolbar={
        <FilterBar
          filters={filtersOf(query.data)}
          search={<SearchInput label="Name, e-mail, phone or id" />}
        />
      }
      empty={
        narrowed ? (
          <EmptyState icon={Users} title="No customer matches">
            Take away a filter, or search for part of a name, an e-mail or a phone number.
          </EmptyState>
        ) : (
          <EmptyState
            icon={Users}
            title="No customers yet"
            action={
              mayImport && (
                <Button variant="primary" asChild>
                  <Link href="/customers/imports/new">Import a file</Link>
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
