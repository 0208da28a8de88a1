"use client";

import { Check, ListFilter, X } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Popover } from "./popover";
import type { Option } from "./select";
import { Spinner } from "./spinner";
import { useUrl } from "./use-url";

const OptionList = dynamic(() => import("./option-list").then((part) => part.OptionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

export type Filter = {
  /** The key in the URL, repeated for several values. */
  name: string;
  label: string;
  options: readonly Option[];
};

type FilterBarProps = {
  filters: readonly Filter[];
  /** First in the line: a `SearchInput`. */
  search?: ReactNode;
};

/** Filters as chips; what is chosen stands in the URL and can be shared. */
export function FilterBar({ filters, search }: FilterBarProps) {
  const url = useUrl();
  const chosen = (filter: Filter) => url.params.getAll(filter.name);
  const toggle = (filter: Filter, value: string) => {
    const values = chosen(filter);
    url.set({
      [filter.name]: values.includes(value) ? values.filter((each) => each !== value) : [...values, value],
    });
  };
  const active = filters.filter((filter) => chosen(filter).length > 0);
  const clearAll = () => url.set(Object.fromEntries(active.map(({ name }) => [name, null])));
  return (
    <div className="flex flex-wrap items-center gap-2">
      {search}
      {filters.map((filter) => {
        const values = chosen(filter);
        const words = filter.options.filter(({ value }) => values.includes(value)).map(({ label }) => label);
        return (
          <span key={filter.name} className="flex max-w-full">
            <Popover
              label={filter.label}
              className="w-60 p-0"
              trigger={
                <Button
                  size="sm"
                  icon={values.length === 0 && <ListFilter aria-hidden className="text-faint" />}
                  className={cn(
                    "h-control min-w-0 font-normal",
                    values.length > 0
                      ? "rounded-r-none border-accent-ink/40 bg-accent-soft text-accent-ink"
                      : "border-dashed text-muted shadow-none",
                  )}
                >
                  {filter.label}
                  {words.length > 0 && (
                    <span className="max-w-48 truncate font-medium">
                      {words.length > 2 ? `${words.length} chosen` : words.join(", ")}
                    </span>
                  )}
                </Button>
              }
            >
              <OptionList
                label={filter.label}
                options={filter.options}
                onChoose={(value) => toggle(filter, value)}
                mark={({ value }) =>
                  values.includes(value) && <Check aria-label="Chosen" className="text-accent-ink" />
                }
              />
            </Popover>
            {values.length > 0 && (
              <Button
                size="sm"
                aria-label={`Remove the filter ${filter.label}`}
                className="-ml-px h-control rounded-l-none border-accent-ink/40 bg-accent-soft px-1.5 text-accent-ink"
                onClick={() => url.set({ [filter.name]: null })}
              >
                <X aria-hidden />
              </Button>
            )}
          </span>
        );
      })}
      {active.length > 1 && (
        <Button size="sm" variant="ghost" onClick={clearAll}>
          Clear all
        </Button>
      )}
      {url.pending && <Spinner className="text-faint" />}
    </div>
  );
}
