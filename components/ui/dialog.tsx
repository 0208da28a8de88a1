"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { useFocusReturn } from "./use-focus-return";

const widths = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl" } as const;

export const overlayClass =
  "fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in";

export const dialogClass =
  "fixed inset-x-3 top-[12vh] z-40 mx-auto flex max-h-[76vh] flex-col rounded-md border border-line bg-raised shadow-lg outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in";

type DialogProps = {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Uncontrolled: the button that opens it. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  width?: keyof typeof widths;
  /** Buttons, main act last. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** Work that must be finished or left before anything else. Detail of a row belongs in a `SidePanel`. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  width = "sm",
  footer,
  children,
}: DialogProps) {
  const onCloseAutoFocus = useFocusReturn(open);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          className={cn(dialogClass, widths[width])}
          onCloseAutoFocus={onCloseAutoFocus}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="px-5 pt-4 pr-14 pb-3">
            <Primitive.Title className="font-medium text-lg">{title}</Primitive.Title>
            {description && (
              <Primitive.Description className="mt-0.5 text-muted text-sm">
                {description}
              </Primitive.Description>
            )}
          </header>
          {children && <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer && (
            <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          )}
          {/* Last in order, so that the first field gets the focus. */}
          <Primitive.Close asChild>
            <IconButton
              label="Close"
              tooltip={false}
              size="sm"
              className="absolute top-3.5 right-3.5"
              icon={<X aria-hidden />}
            />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Closes the dialog around it; wraps a `Button`. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>;
}
