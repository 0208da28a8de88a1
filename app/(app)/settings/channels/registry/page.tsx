import type { Metadata } from "next";
import { ChannelsFrame } from "@/components/channels/channels-frame";
import { ImportRegistry } from "@/components/channels/registry/import-registry";
import { RegistryList } from "@/components/channels/registry/registry-list";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { readRegistryQuery } from "@/server/channels/schemas";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "DLT registry" };

export default async function RegistryPage({ searchParams }: PageProps<"/settings/channels/registry">) {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const input = readRegistryQuery(await searchParams);
  const page = await caller.channels.registryPage(input);
  const mayEdit = role === "admin";
  return (
    <ChannelsFrame
      bare
      description="The SMS texts that your company registered with the Indian operators: no other words reach an Indian number."
      actions={mayEdit && page.known > 0 && <ImportRegistry />}
    >
      <RegistryList input={input} initial={page} mayEdit={mayEdit} />
    </ChannelsFrame>
  );
}
