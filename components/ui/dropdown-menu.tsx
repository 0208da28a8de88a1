"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cn } from "./cn";
import { menuClass, menuItemClass } from "./menu-styles";

type DropdownMenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "right" | "bottom";
  className?: string;
  children: ReactNode;
};

/** Acts on one thing, behind a button. */
export function DropdownMenu({
  trigger,
  align = "end",
  side = "bottom",
  className,
  children,
}: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(menuClass, className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = Omit<ComponentProps<typeof Primitive.Item>, "asChild"> & {
  icon?: ReactNode;
  /** For what cannot be taken back; open a `ConfirmDialog` from it. */
  danger?: boolean;
  asChild?: boolean;
};

/** One act; with `asChild` a link. */
export function MenuItem({
  icon,
  danger = false,
  asChild = false,
  className,
  children,
  ...rest
}: MenuItemProps) {
  const classes = cn(menuItemClass, danger && "text-danger data-[highlighted]:bg-danger-soft", className);
  if (asChild)
    return (
      <Primitive.Item asChild className={classes} {...rest}>
        {children}
      </Primitive.Item>
    );
  return (
    <Primitive.Item className={classes} {...rest}>
      {icon && <span className={danger ? undefined : "text-faint"}>{icon}</span>}
      {children}
    </Primitive.Item>
  );
}

/** A setting inside a menu; the menu stays open. */
export function MenuCheckboxItem({
  children,
  className,
  ...rest
}: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem
      onSelect={(event) => event.preventDefault()}
      className={cn(menuItemClass, "pl-7", className)}
      {...rest}
    >
      <Primitive.ItemIndicator className="absolute left-3">
        <Check aria-hidden className="text-accent-ink" />
      </Primitive.ItemIndicator>
      {children}
    </Primitive.CheckboxItem>
  );
}

/** A small heading above items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 py-1 text-faint text-xs">{children}</Primitive.Label>;
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
