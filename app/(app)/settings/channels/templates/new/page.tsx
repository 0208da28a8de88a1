import type { Metadata } from "next";
import { TemplateEditor } from "@/components/channels/templates/template-editor";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Write a template" };

export default async function NewTemplatePage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <PageHeader
        title="Write a template"
        description="Saved as a draft first; Meta sees it when you submit it."
        back={{ href: "/settings/channels/templates", label: "WhatsApp templates" }}
      />
      <PageBody width="content">
        <TemplateEditor accounts={await caller.channels.whatsappAccounts()} template={null} />
      </PageBody>
    </>
  );
}
