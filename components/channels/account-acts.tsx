"use client";

import { Ellipsis, Pause, Play, Send, Star, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcuts } from "@/components/ui/shortcuts";
import { toast } from "@/components/ui/toaster";
import { useAct } from "@/components/workspaces/use-act";
import type { AccountDetail } from "@/server/channels/accounts/get-account";
import { channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { TestDialog } from "./test-dialog";

/** What can be done with an account. */
export function AccountActs({ account }: { account: AccountDetail }) {
  const client = useTRPCClient();
  const router = useRouter();
  const { act, pending } = useAct();
  const [open, setOpen] = useState<"test" | "pause" | "default" | "remove" | null>(null);
  const { id: accountId, name, status, isDefault, builtIn } = account;
  const channel = channelLabels[account.channel];
  const close = () => setOpen(null);
  const resume = () => act(() => client.channels.resumeAccount.mutate({ accountId }), `${name} sends again`);
  useShortcuts([{ keys: "t", label: "Send me a test", group: "Account", run: () => setOpen("test") }]);
  return (
    <>
      {status === "active" ? (
        <Button icon={<Pause aria-hidden />} disabled={pending} onClick={() => setOpen("pause")}>
          Pause
        </Button>
      ) : (
        <Button icon={<Play aria-hidden />} loading={pending} onClick={resume}>
          Resume
        </Button>
      )}
      <Button variant="primary" icon={<Send aria-hidden />} onClick={() => setOpen("test")}>
        Send me a test
      </Button>
      {(!isDefault || !builtIn) && (
        <DropdownMenu
          trigger={<IconButton label={`More for ${name}`} tooltip={false} icon={<Ellipsis aria-hidden />} />}
        >
          {!isDefault && !account.isDemo && (
            <MenuItem icon={<Star aria-hidden />} onSelect={() => setOpen("default")}>
              Let it carry {channel}
            </MenuItem>
          )}
          {!builtIn && (
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen("remove")}>
              Remove
            </MenuItem>
          )}
        </DropdownMenu>
      )}
      {open === "test" && <TestDialog account={account} onClose={close} />}
      <ConfirmDialog
        open={open === "pause"}
        onOpenChange={close}
        danger={false}
        title={`Pause ${name}?`}
        description={
          account.carries
            ? `Nothing goes out on ${channel} until somebody resumes it. ${usersWords(account)} What waits is not lost.`
            : "Nothing is handed to it until somebody resumes it."
        }
        confirmLabel={account.carries ? `Pause ${channel}` : "Pause"}
        onConfirm={async () => {
          await client.channels.pauseAccount.mutate({ accountId });
          toast.success(`${name} is paused`);
        }}
      />
      <ConfirmDialog
        open={open === "default"}
        onOpenChange={close}
        danger={false}
        title={`Let ${name} carry ${channel}?`}
        description={`Everything on ${channel} goes through it from the next message on, also what campaigns send that run now.`}
        confirmLabel={`Carry ${channel}`}
        onConfirm={async () => {
          await client.channels.makeDefault.mutate({ accountId });
          toast.success(`${name} carries ${channel}`);
        }}
      />
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={close}
        title={`Remove ${name}?`}
        description="Its settings and secrets are put away, and nothing is sent through it any more. What the provider still tells of its messages is taken. Past campaigns keep their figures."
        confirmLabel="Remove the account"
        cancelLabel="Keep it"
        onConfirm={async () => {
          await client.channels.archiveAccount.mutate({ accountId });
          toast.success(`${name} was removed`);
          router.push("/settings/channels");
        }}
      />
    </>
  );
}

function usersWords({ usedBy }: AccountDetail): string {
  if (usedBy.length === 0) return "No campaign is under way on it.";
  const [first] = usedBy;
  return usedBy.length === 1 && first
    ? `“${first.name}” waits.`
    : `${formatCount(usedBy.length)} campaigns wait.`;
}
