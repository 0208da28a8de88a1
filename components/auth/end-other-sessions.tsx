"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";

/** Signs out every browser but this one. */
export function EndOtherSessions({ count }: { count: number }) {
  const client = useTRPCClient();
  const router = useRouter();
  const browsers = count === 1 ? "1 other browser" : `${count} other browsers`;
  return (
    <ConfirmDialog
      title={`Sign out ${browsers}?`}
      description="What was being typed there and not saved is lost. This browser stays signed in."
      confirmLabel={`Sign out ${browsers}`}
      cancelLabel="Keep them"
      onConfirm={async () => {
        await client.auth.revokeOtherSessions.mutate();
        toast.success(`${browsers} signed out`);
        router.refresh();
      }}
      trigger={<Button disabled={count < 1}>End all others</Button>}
    />
  );
}
