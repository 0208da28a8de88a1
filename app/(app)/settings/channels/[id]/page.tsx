import type { Metadata } from "next";
import { AccountScreen } from "@/components/channels/account-screen";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Channel account" };

export default async function AccountPage({ params }: PageProps<"/settings/channels/[id]">) {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const { id } = await params;
  return <AccountScreen initial={await caller.channels.account({ accountId: id })} zone={zone} />;
}
