"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { CSSProperties, ReactNode } from "react";
import { cn } from "./cn";
import { overlayClass } from "./dialog";
import { IconButton } from "./icon-button";
import { useFocusReturn } from "./use-focus-return";

type DrawerProps = {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: "left" | "right";
  footer?: ReactNode;
  /** The title stays for screen readers only. */
  hideTitle?: boolean;
  children: ReactNode;
};

/** A dialog at the edge, as high as the window: phone menus and forms with many fields. */
export function Drawer({
  title,
  open,
  onOpenChange,
  side = "right",
  footer,
  hideTitle,
  children,
}: DrawerProps) {
  const onCloseAutoFocus = useFocusReturn(open);
  const from: CSSProperties & Record<string, string> = {
    "--slide-from": side === "right" ? "2rem" : "-2rem",
  };
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          style={from}
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className={cn(
            "fixed inset-y-0 z-40 flex w-[min(30rem,calc(100vw-3rem))] flex-col bg-raised shadow-lg outline-none data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in",
            side === "right" ? "right-0 border-line border-l" : "left-0 max-w-72 border-line border-r",
          )}
        >
          <header className={cn("px-5 py-3 pr-14", hideTitle && "sr-only")}>
            <Primitive.Title className="min-w-0 truncate font-medium text-lg">{title}</Primitive.Title>
          </header>
          <div
            className={cn("min-h-0 flex-1 overflow-y-auto", hideTitle ? "flex flex-col" : "px-5 pt-1 pb-5")}
          >
            {children}
          </div>
          {footer && (
            <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          )}
          {/* Last in order, so that the first field gets the focus. */}
          <Primitive.Close asChild>
            <IconButton
              label="Close"
              tooltip={false}
              size="sm"
              className="absolute top-2.5 right-3.5"
              icon={<X aria-hidden />}
            />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
