import type { Metadata } from "next";
import { ChannelsFrame } from "@/components/channels/channels-frame";
import { NewPrice } from "@/components/channels/prices/new-price";
import { PriceList } from "@/components/channels/prices/price-list";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Prices" };

export default async function PricesPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const { prices, today } = await caller.channels.prices();
  const mayEdit = role === "admin";
  return (
    <ChannelsFrame
      bare
      description="What a message costs, from which day on. Budgets and costs of campaigns are counted with it."
      actions={mayEdit && <NewPrice today={today} />}
    >
      <PriceList initial={{ prices, today }} mayEdit={mayEdit} />
    </ChannelsFrame>
  );
}
