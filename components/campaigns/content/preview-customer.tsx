"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Search, Shuffle } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { menuItemClass } from "@/components/ui/menu-styles";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { useTRPC } from "@/server/trpc/react";
import type { PreviewQuery } from "../use-preview";

/** Says as whom the message is shown, and changes it: to a customer who is looked for, or to the next one. */
export function PreviewCustomer({ preview }: { preview: PreviewQuery }) {
  const [open, setOpen] = useState(false);
  const customer = preview.data?.customer;
  return (
    <div className="flex items-center gap-2">
      <Popover
        label="Preview as a customer"
        open={open}
        onOpenChange={setOpen}
        className="w-80 p-0"
        trigger={
          <button
            type="button"
            className="control-border flex h-control min-w-0 flex-1 items-center gap-2 rounded-md px-2.5 text-left"
          >
            <span className="text-faint text-sm">As</span>
            <span className="min-w-0 flex-1 truncate">
              {customer ? customer.name || "a customer without a name" : "a customer"}
            </span>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
          </button>
        }
      >
        <CustomerSearch
          onChoose={(id) => {
            preview.choose(id);
            setOpen(false);
          }}
        />
      </Popover>
      <Button icon={<Shuffle aria-hidden />} disabled={!customer} onClick={preview.next}>
        Another
      </Button>
    </div>
  );
}

function CustomerSearch({ onChoose }: { onChoose: (id: string) => void }) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const found = useQuery(
    trpc.customers.list.queryOptions({ search: typed.trim() }, { placeholderData: (before) => before }),
  );
  const rows = (found.data?.rows ?? []).slice(0, 8);
  return (
    <div className="flex flex-col">
      <div className="border-line border-b p-1">
        <Input
          autoFocus
          aria-label="Find a customer"
          placeholder="Name, phone or e-mail"
          value={typed}
          prefix={found.isFetching ? <Spinner /> : <Search aria-hidden />}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const [first] = rows;
            if (event.key === "Enter" && first) onChoose(first.id);
          }}
        />
      </div>
      <ul className="max-h-72 overflow-y-auto p-1">
        {rows.map(({ id, name, email, phone }) => (
          <li key={id}>
            <button
              type="button"
              className={`${menuItemClass} w-full text-left hover:bg-pressed focus-visible:bg-pressed`}
              onClick={() => onChoose(id)}
            >
              <Avatar name={name} size="sm" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{name || "Without a name"}</span>
                <span className="block truncate text-faint text-xs">{email ?? phone ?? "No address"}</span>
              </span>
            </button>
          </li>
        ))}
        {found.isSuccess && rows.length === 0 && (
          <li className="px-2 py-4 text-center text-muted">Nobody found</li>
        )}
      </ul>
    </div>
  );
}
