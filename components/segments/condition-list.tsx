"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { menuItemClass } from "@/components/ui/menu-styles";
import type { Condition } from "@/server/segments/status";
import type { Kit } from "./kit";
import { newConditions } from "./new-conditions";

/** Everything that can be asked about a customer, by noun, with a line to search it. */
export function ConditionList({ kit, onChoose }: { kit: Kit; onChoose: (condition: Condition) => void }) {
  return (
    <Command label="What to look at" loop>
      <div className="flex items-center gap-2 border-line border-b px-2.5">
        <Search aria-hidden className="size-4 text-faint" />
        <Command.Input
          placeholder="Tier, renewal, opened, city …"
          className="h-control min-w-0 flex-1 bg-transparent outline-none pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="max-h-80 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-4 text-center text-muted">Nothing found</Command.Empty>
        {newConditions(kit).map(({ heading, conditions }) => (
          <Command.Group
            key={heading}
            heading={heading}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {conditions.map(({ key, label, make }) => (
              <Command.Item
                key={key}
                value={`${heading} ${label} ${key}`}
                onSelect={() => onChoose(make())}
                className={menuItemClass}
              >
                <span className="min-w-0 flex-1 truncate">{label}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
