"use client";

import type { LucideIcon } from "lucide-react";
import { RadioGroup as Primitive } from "radix-ui";
import { cn } from "./cn";

type Segment<Value extends string> = { value: Value; label: string; icon?: LucideIcon };

type SegmentedControlProps<Value extends string> = {
  /** Names the choice for screen readers. */
  label: string;
  value: Value;
  options: readonly Segment<Value>[];
  onValueChange: (value: Value) => void;
  /** The words stay for screen readers and on hover. */
  iconsOnly?: boolean;
  className?: string;
};

/** Two to four ways to see the same thing. Takes effect at once; in forms use `RadioGroup`. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onValueChange,
  iconsOnly = false,
  className,
}: SegmentedControlProps<Value>) {
  return (
    <Primitive.Root
      aria-label={label}
      value={value}
      orientation="horizontal"
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      className={cn("inline-flex h-control w-fit shrink-0 gap-px rounded-md bg-pressed p-0.5", className)}
    >
      {options.map(({ value: each, label: word, icon: Icon }) => (
        <Primitive.Item
          key={each}
          value={each}
          aria-label={iconsOnly ? word : undefined}
          title={iconsOnly ? word : undefined}
          className={cn(
            "inline-flex items-center justify-center gap-1.5 rounded-sm px-2.5 text-muted text-sm transition-colors hover:text-ink",
            "data-[state=checked]:bg-surface data-[state=checked]:font-medium data-[state=checked]:text-ink data-[state=checked]:shadow-xs",
          )}
        >
          {Icon && <Icon aria-hidden className="size-4" />}
          {!iconsOnly && word}
        </Primitive.Item>
      ))}
    </Primitive.Root>
  );
}
