"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useTRPC } from "@/server/trpc/react";

export type PickedCustomer = { id: string; name: string };

const SHOWN = 6;

type CustomerPickerProps = {
  value: PickedCustomer | null;
  onChange: (customer: PickedCustomer | null) => void;
};

/** One customer, found by name, number or e-mail. */
export function CustomerPicker({ value, onChange }: CustomerPickerProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const asked = useDeferredValue(typed.trim());
  const { data } = useQuery(
    trpc.customers.list.queryOptions(
      { search: asked },
      { enabled: asked.length >= 2 && value === null, placeholderData: (before) => before },
    ),
  );
  const found = asked.length >= 2 ? (data?.rows ?? []).slice(0, SHOWN) : [];
  if (value)
    return (
      <Field label="Customer">
        <Input
          readOnly
          value={value.name}
          suffix={
            <IconButton
              label="Another customer"
              tooltip={false}
              size="sm"
              className="size-6"
              icon={<X aria-hidden />}
              onClick={() => onChange(null)}
            />
          }
        />
      </Field>
    );
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Customer">
        <Input
          autoComplete="off"
          placeholder="Name, phone or e-mail"
          prefix={<Search aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      {asked.length >= 2 && data && found.length === 0 && (
        <p className="text-muted text-sm">Nobody is called that.</p>
      )}
      {found.length > 0 && (
        <ul aria-label="Customers found" className="rounded-md border border-line">
          {found.map(({ id, name, phone, email }) => (
            <li key={id} className="border-line border-b last:border-b-0">
              <button
                type="button"
                className="flex w-full items-baseline justify-between gap-3 px-3 py-1.5 text-left outline-offset-[-2px] hover:bg-hover"
                onClick={() => {
                  onChange({ id, name: name || "Customer without a name" });
                  setTyped("");
                }}
              >
                <span className="truncate">{name || "Customer without a name"}</span>
                <span className="shrink-0 text-faint text-xs">{phone ?? email}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
