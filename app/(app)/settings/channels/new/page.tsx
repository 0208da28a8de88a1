import type { Metadata } from "next";
import { NewAccount } from "@/components/channels/new-account";
import { ProviderChoice } from "@/components/channels/provider-choice";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { ownProviders } from "@/server/channels/schemas";
import { type Channel, channelLabels, channels, type Provider, providers } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Add an account" };

export default async function NewAccountPage({ searchParams }: PageProps<"/settings/channels/new">) {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Add an account" administrators={await caller.workspaces.administrators()} />;
  const asked = await searchParams;
  const channel = channels.find((each) => each === asked.channel) ?? null;
  const provider = ownProviders.find((each) => each === asked.provider) ?? null;
  const fits =
    channel && provider && providers[provider].channels.some((each) => each === channel) ? provider : null;
  const { isDemo } = await caller.channels.accounts();
  return (
    <>
      <PageHeader
        title={fits && channel ? connectTitle(fits, channel) : "Add an account"}
        description={fits ? "Have the provider's console open beside this." : "Who carries the messages?"}
        back={
          fits
            ? { href: "/settings/channels/new", label: "Another provider" }
            : { href: "/settings/channels", label: "Channels" }
        }
      />
      <PageBody width="reading">
        {isDemo && (
          <Notice title="The demo delivers to the sandbox inbox only">
            Its people are made up, so nothing can be connected here. You can fill the form and check a
            connection; create a workspace of your own to send.
          </Notice>
        )}
        {fits && channel ? (
          <Card>
            <NewAccount key={`${channel} ${fits}`} channel={channel} provider={fits} isDemo={isDemo} />
          </Card>
        ) : (
          <ProviderChoice first={channel} />
        )}
      </PageBody>
    </>
  );
}

/** "Connect Twilio for SMS"; a provider with one channel says it by its name. */
function connectTitle(provider: Provider, channel: Channel): string {
  const { label, channels: carried } = providers[provider];
  return carried.length === 1 ? `Connect ${label}` : `Connect ${label} for ${channelLabels[channel]}`;
}
