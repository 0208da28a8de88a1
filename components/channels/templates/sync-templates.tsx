"use client";

import { RefreshCw } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import type { WhatsAppAccount } from "@/server/channels/whatsapp-templates/list-templates";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";

/** Takes over the templates as they stand at the provider. */
export function SyncTemplates({ accounts }: { accounts: readonly WhatsAppAccount[] }) {
  const client = useTRPCClient();
  const [pending, startTransition] = useTransition();
  const able = accounts.filter(({ canSync }) => canSync);
  const [first] = able;
  if (!first) return null;
  const sync = ({ id: accountId, name }: WhatsAppAccount) =>
    startTransition(async () => {
      try {
        const { found, gone } = await client.channels.syncTemplates.mutate({ accountId });
        toast.success(`${formatCount(found)} ${found === 1 ? "template" : "templates"} of ${name}`, {
          description: gone > 0 ? `${formatCount(gone)} are no longer there.` : undefined,
        });
      } catch (cause) {
        toast.error("The templates were not taken over", {
          description: cause instanceof Error ? cause.message : undefined,
        });
      }
    });
  if (able.length === 1)
    return (
      <Button icon={<RefreshCw aria-hidden />} loading={pending} onClick={() => sync(first)}>
        Sync from {first.provider === "meta" ? "Meta" : "Twilio"}
      </Button>
    );
  return (
    <DropdownMenu
      trigger={
        <Button icon={<RefreshCw aria-hidden />} loading={pending}>
          Sync
        </Button>
      }
    >
      {able.map((account) => (
        <MenuItem key={account.id} onSelect={() => sync(account)}>
          {account.name}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
