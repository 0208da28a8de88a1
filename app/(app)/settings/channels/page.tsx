import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AccountList } from "@/components/channels/account-list";
import { ChannelsFrame } from "@/components/channels/channels-frame";
import { Button } from "@/components/ui/button";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const mayEdit = role === "admin";
  return (
    <ChannelsFrame
      description="What carries your messages, and whether it works."
      actions={
        mayEdit && (
          <Button asChild variant="primary">
            <Link href="/settings/channels/new">
              <Plus aria-hidden />
              Add account
            </Link>
          </Button>
        )
      }
    >
      <AccountList initial={await caller.channels.accounts()} zone={zone} mayEdit={mayEdit} />
    </ChannelsFrame>
  );
}
