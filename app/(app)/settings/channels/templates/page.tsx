import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ChannelsFrame } from "@/components/channels/channels-frame";
import { SyncTemplates } from "@/components/channels/templates/sync-templates";
import { TemplateList } from "@/components/channels/templates/template-list";
import { Button } from "@/components/ui/button";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { readTemplateQuery } from "@/server/channels/schemas";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "WhatsApp templates" };

export default async function TemplatesPage({ searchParams }: PageProps<"/settings/channels/templates">) {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const input = readTemplateQuery(await searchParams);
  const [page, accounts] = await Promise.all([
    caller.channels.templatesPage(input),
    caller.channels.whatsappAccounts(),
  ]);
  return (
    <ChannelsFrame
      bare
      description="What WhatsApp delivers to customers who did not write lately. Meta approves each one."
      actions={
        <>
          <SyncTemplates accounts={accounts} />
          {page.known > 0 && (
            <Button asChild variant="primary">
              <Link href="/settings/channels/templates/new">
                <Plus aria-hidden />
                Write a template
              </Link>
            </Button>
          )}
        </>
      }
    >
      <TemplateList input={input} initial={page} zone={zone} />
    </ChannelsFrame>
  );
}
