"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type ErasureNoticeProps = {
  customerId: string;
  name: string;
  /** ISO instant; null when nobody asked for the erasure. */
  eraseAfter: string | null;
  zone: string;
  mayErase: boolean;
};

/** That a customer is to be forgotten, when, and the way back. */
export function ErasureNotice({ customerId, name, eraseAfter, zone, mayErase }: ErasureNoticeProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  if (eraseAfter === null) return null;
  const cancel = async () => {
    await client.erasures.cancel.mutate({ customerId });
    await queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
    toast.success("Erasure taken back");
  };
  return (
    <Notice
      tone="attention"
      title="To be erased"
      action={
        mayErase && (
          <ConfirmDialog
            title={`Keep ${name || "this customer"}?`}
            description="The erasure is taken back. Messages may go out again, as consent allows."
            confirmLabel="Take the erasure back"
            cancelLabel="Leave it"
            danger={false}
            onConfirm={cancel}
            trigger={<Button size="sm">Take back</Button>}
          />
        )
      }
    >
      The personal data goes on {formatDateTime(eraseAfter, zone)}. Nothing is sent until then.
    </Notice>
  );
}
