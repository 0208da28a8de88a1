"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { menuItemClass } from "./menu-styles";
import type { Option } from "./select";

type OptionListProps = {
  label: string;
  options: readonly Option[];
  onChoose: (value: string) => void;
  /** At the end of a line: a tick, a box. */
  mark?: (option: Option) => ReactNode;
};

/** Options with a line to search them; inside a `Combobox` or a filter. */
export function OptionList({ label, options, onChoose, mark }: OptionListProps) {
  return (
    <Command label={label} loop>
      <div className="flex items-center gap-2 border-line border-b px-2.5">
        <Search aria-hidden className="size-4 text-faint" />
        <Command.Input
          placeholder={label}
          className="h-control min-w-0 flex-1 bg-transparent outline-none pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="max-h-64 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-4 text-center text-muted">Nothing found</Command.Empty>
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={`${option.label} ${option.value}`}
            disabled={option.disabled}
            onSelect={() => onChoose(option.value)}
            className={menuItemClass}
          >
            <span className="min-w-0 flex-1 truncate">
              {option.label}
              {option.description && (
                <span className="block truncate text-faint text-xs">{option.description}</span>
              )}
            </span>
            {mark?.(option)}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
