"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { setTheme } from "./preferences";
import { parseTheme, type Theme } from "./theme";

const options = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "As the device", icon: Monitor },
] as const;

/** Light, dark, or as the device; changes at once, and the menu stays open to compare. */
export function ThemeMenu({ theme }: { theme: Theme }) {
  const [value, setValue] = useState(theme);
  const choose = (next: string) => {
    const chosen = parseTheme(next);
    setValue(chosen);
    setTheme(chosen);
  };
  return (
    <DropdownMenu.RadioGroup
      aria-label="Theme"
      value={value}
      onValueChange={choose}
      className="flex h-control shrink-0 gap-px rounded-md bg-pressed p-0.5"
    >
      {options.map(({ value: each, label, icon: Icon }) => (
        <DropdownMenu.RadioItem
          key={each}
          value={each}
          aria-label={label}
          title={label}
          onSelect={(event) => event.preventDefault()}
          className={cn(
            "flex w-9 cursor-pointer items-center justify-center rounded-sm text-muted outline-none transition-colors",
            "data-[state=checked]:bg-surface data-[highlighted]:text-ink data-[state=checked]:text-ink data-[state=checked]:shadow-xs",
            "data-[highlighted]:outline-2 data-[highlighted]:outline-line-strong",
          )}
        >
          <Icon aria-hidden className="size-4" />
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
