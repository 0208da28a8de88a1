"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";
import { menuClass, menuItemClass } from "./menu-styles";

export type Option<Value extends string = string> = {
  value: Value;
  label: string;
  description?: string;
  disabled?: boolean;
};

type SelectProps<Value extends string> = {
  options: readonly Option<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  onBlur?: () => void;
  placeholder?: string;
  name?: string;
  disabled?: boolean;
  /** Needed where no `Field` names it. */
  label?: string;
  className?: string;
};

/** One of a few. Above a dozen choices use `Combobox`, below four a `RadioGroup`. Option values must not be empty. */
export function Select<Value extends string>({
  options,
  placeholder = "Choose",
  label,
  className,
  onValueChange,
  onBlur,
  ...rest
}: SelectProps<Value>) {
  const chosen = options.find(({ value }) => value === rest.value);
  return (
    <Primitive.Root
      onValueChange={(value) => {
        const option = options.find((candidate) => candidate.value === value);
        if (option) onValueChange?.(option.value);
      }}
      {...rest}
    >
      <Primitive.Trigger
        {...useFieldProps()}
        aria-label={label}
        onBlur={onBlur}
        className={cn(
          "control-border flex h-control w-full min-w-0 items-center justify-between gap-2 rounded-md px-2.5 text-left text-base data-[placeholder]:text-faint",
          className,
        )}
      >
        <span className="truncate">
          {/* Said here as well: the list is not there when the server writes the page. */}
          <Primitive.Value placeholder={placeholder}>{chosen?.label}</Primitive.Value>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className={cn(
            menuClass,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)",
          )}
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={menuItemClass}
              >
                <span className="flex-1">
                  <Primitive.ItemText>{option.label}</Primitive.ItemText>
                  {option.description && (
                    <span className="block text-faint text-xs">{option.description}</span>
                  )}
                </span>
                <Primitive.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent-ink" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
