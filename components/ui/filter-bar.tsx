"use client";

import { ListFilter, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { DropdownMenu, MenuItem } from "./dropdown-menu";
import { FilterChip } from "./filter-chip";
import type { Option } from "./select";
import { Spinner } from "./spinner";
import { useUrl } from "./use-url";

export type Filter = {
  /** The key in the URL, repeated for several values. */
  name: string;
  label: string;
  options: readonly Option[];
  /** Several filters may share one key: the values of this one begin like this. */
  prefix?: string;
  /** Offered behind "More filters" until somebody chooses it. */
  rare?: boolean;
  /** Its options are on the way. */
  loading?: boolean;
};

type FilterBarProps = {
  filters: readonly Filter[];
  /** First in the line: a `SearchInput`. */
  search?: ReactNode;
  /** A filter was opened: the time to read its options, where they are not there yet. */
  onOpen?: (filter: Filter) => void;
};

const keyOf = ({ name, prefix = "" }: Filter): string => `${name} ${prefix}`;

/** Filters as chips; what is chosen stands in the URL and can be shared. */
export function FilterBar({ filters, search, onOpen }: FilterBarProps) {
  const url = useUrl();
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const own = ({ prefix = "" }: Filter, value: string) => value.startsWith(prefix);
  const chosen = (filter: Filter) => url.params.getAll(filter.name).filter((value) => own(filter, value));
  const set = (filter: Filter, values: readonly string[]) => {
    const others = url.params.getAll(filter.name).filter((value) => !own(filter, value));
    url.set({ [filter.name]: [...others, ...values] });
  };
  const change = (filter: Filter, isOpen: boolean) => {
    setOpen(isOpen ? keyOf(filter) : null);
    if (isOpen) onOpen?.(filter);
  };
  const active = filters.filter((filter) => chosen(filter).length > 0);
  const hidden = filters.filter(
    (filter) => filter.rare && chosen(filter).length === 0 && !asked.includes(keyOf(filter)),
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {search}
      {filters
        .filter((filter) => !hidden.includes(filter))
        .map((filter) => (
          <FilterChip
            key={keyOf(filter)}
            filter={filter}
            values={chosen(filter)}
            open={open === keyOf(filter)}
            onOpenChange={(isOpen) => change(filter, isOpen)}
            onChange={(values) => set(filter, values)}
          />
        ))}
      {hidden.length > 0 && (
        <DropdownMenu
          align="start"
          trigger={
            <Button
              size="sm"
              icon={<Plus aria-hidden className="text-faint" />}
              className="h-control border-dashed font-normal text-muted shadow-none"
            >
              More filters
            </Button>
          }
        >
          {hidden.map((filter) => (
            <MenuItem
              key={keyOf(filter)}
              icon={<ListFilter aria-hidden />}
              onSelect={() => {
                setAsked([...asked, keyOf(filter)]);
                // Once the menu has given the focus back, or it would close the filter again.
                window.setTimeout(() => change(filter, true));
              }}
            >
              {filter.label}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
      {active.length > 1 && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => url.set(Object.fromEntries(active.map(({ name }) => [name, null])))}
        >
          Clear all
        </Button>
      )}
      {url.pending && <Spinner className="text-faint" />}
    </div>
  );
}
