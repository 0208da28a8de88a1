"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { ChevronDown, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { cn } from "@/components/ui/cn";
import { useFieldProps } from "@/components/ui/field-context";
import { menuItemClass } from "@/components/ui/menu-styles";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { useTRPC } from "@/server/trpc/react";

export type PickedCustomer = { id: string; name: string };

type CustomerPickerProps = {
  value: PickedCustomer | null;
  onChange: (customer: PickedCustomer) => void;
};

const SHOWN = 8;

/** One customer, found by name, address or id. */
export function CustomerPicker({ value, onChange }: CustomerPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Find a customer"
      open={open}
      onOpenChange={setOpen}
      className="w-(--radix-popover-trigger-width) min-w-60 p-0"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          {...useFieldProps()}
          className={cn(
            "control-border flex h-control w-full min-w-0 items-center justify-between gap-2 rounded-md px-2.5 text-left text-base",
            !value && "text-faint",
          )}
        >
          <span className="truncate">{value ? value.name || "Without a name" : "Find a customer"}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <Found
        onChoose={(customer) => {
          setOpen(false);
          onChange(customer);
        }}
      />
    </Popover>
  );
}

function Found({ onChoose }: { onChoose: (customer: PickedCustomer) => void }) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const query = useQuery(trpc.customers.list.queryOptions({ search }, { placeholderData: keepPreviousData }));
  const rows = query.data?.rows.slice(0, SHOWN) ?? [];
  return (
    <Command label="Find a customer" shouldFilter={false} loop>
      <div className="flex items-center gap-2 border-line border-b px-2.5">
        {query.isFetching ? (
          <Spinner className="text-faint" />
        ) : (
          <Search aria-hidden className="size-4 text-faint" />
        )}
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Name, e-mail, phone or id"
          className="h-control min-w-0 flex-1 bg-transparent outline-none pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="max-h-64 overflow-y-auto p-1">
        {query.isSuccess && rows.length === 0 && (
          <p className="px-2 py-4 text-center text-muted">Nobody found</p>
        )}
        {rows.map(({ id, name, externalId, email, phone }) => (
          <Command.Item key={id} value={id} onSelect={() => onChoose({ id, name })} className={menuItemClass}>
            <span className="min-w-0 flex-1 truncate">
              {name || "Without a name"}
              <span className="block truncate text-faint text-xs">{email ?? phone ?? externalId}</span>
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
