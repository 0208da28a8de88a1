"use client";

import { AlertDialog } from "radix-ui";
import { type ReactElement, type ReactNode, useState, useTransition } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { dialogClass, overlayClass } from "./dialog";
import { Notice } from "./notice";
import { useFocusReturn } from "./use-focus-return";

type ConfirmDialogProps = {
  /** A question that names the thing: "Cancel Renewal drive?" */
  title: string;
  /** What will happen, with numbers, and whether it can be taken back. */
  description: ReactNode;
  /** The act itself: "Cancel 1,940 pending messages". Never "OK". */
  confirmLabel: string;
  /** What the other button keeps: "Keep sending". */
  cancelLabel?: string;
  danger?: boolean;
  /** The dialog stays open while it runs, and shows the message of what it throws. */
  onConfirm: () => unknown;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** Asks before something that many people notice or that cannot be undone. */
export function ConfirmDialog({
  title,
  description,
  confirmLabel,
  cancelLabel = "Go back",
  danger = true,
  onConfirm,
  trigger,
  open,
  onOpenChange,
}: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const onCloseAutoFocus = useFocusReturn(open ?? ownOpen);
  const change = (next: boolean) => {
    if (pending) return;
    setError(null);
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const confirm = () =>
    startTransition(async () => {
      try {
        await onConfirm();
        setOwnOpen(false);
        onOpenChange?.(false);
      } catch (cause) {
        setError(cause instanceof Error ? cause.message : "It did not work. Nothing was changed.");
      }
    });
  return (
    <AlertDialog.Root open={open ?? ownOpen} onOpenChange={change}>
      {trigger && <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlayClass} />
        <AlertDialog.Content className={cn(dialogClass, "max-w-md")} onCloseAutoFocus={onCloseAutoFocus}>
          <div className="min-h-0 overflow-y-auto px-5 pt-4 pb-5">
            <AlertDialog.Title className="font-medium text-lg">{title}</AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="mt-1 text-muted">{description}</div>
            </AlertDialog.Description>
            {error && (
              <Notice tone="danger" className="mt-3">
                {error}
              </Notice>
            )}
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
            <AlertDialog.Cancel asChild>
              <Button disabled={pending}>{cancelLabel}</Button>
            </AlertDialog.Cancel>
            <Button variant={danger ? "danger" : "primary"} loading={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
