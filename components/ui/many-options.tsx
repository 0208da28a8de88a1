"use client";

import { Command } from "cmdk";
import { Check, Plus, Search } from "lucide-react";
import { useState } from "react";
import { menuItemClass } from "./menu-styles";
import type { Option } from "./select";

type ManyOptionsProps = {
  label: string;
  options: readonly Option[];
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  allowOther: boolean;
};

/** Options that can be ticked one after the other, with a line to search them or to write one that is not there. */
export function ManyOptions({ label, options, values, onValuesChange, allowOther }: ManyOptionsProps) {
  const [typed, setTyped] = useState("");
  const known = new Set(options.map(({ value }) => value));
  const others = values.filter((value) => !known.has(value)).map((value) => ({ value, label: value }));
  const other = typed.trim();
  const isNew =
    allowOther &&
    other !== "" &&
    ![...options, ...others].some((option) => option.label.toLowerCase() === other.toLowerCase());
  const toggle = (value: string) =>
    onValuesChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <Command label={label} loop>
      <div className="flex items-center gap-2 border-line border-b px-2.5">
        <Search aria-hidden className="size-4 text-faint" />
        <Command.Input
          placeholder={label}
          value={typed}
          onValueChange={setTyped}
          className="h-control min-w-0 flex-1 bg-transparent outline-none pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="max-h-64 overflow-y-auto p-1">
        {!isNew && (
          <Command.Empty className="px-2 py-4 text-center text-muted">
            {allowOther ? "Type a value" : "Nothing found"}
          </Command.Empty>
        )}
        {[...others, ...options].map((option) => (
          <Command.Item
            key={option.value}
            value={`${option.label} ${option.value}`}
            onSelect={() => toggle(option.value)}
            className={menuItemClass}
          >
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {values.includes(option.value) && <Check aria-label="Chosen" className="text-accent-ink" />}
          </Command.Item>
        ))}
        {isNew && (
          <Command.Item
            forceMount
            value={`other ${other}`}
            onSelect={() => {
              toggle(other);
              setTyped("");
            }}
            className={menuItemClass}
          >
            <Plus aria-hidden className="text-faint" />
            <span className="min-w-0 flex-1 truncate">Take “{other}”</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}
