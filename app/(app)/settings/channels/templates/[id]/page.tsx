import type { Metadata } from "next";
import { TemplateEditor } from "@/components/channels/templates/template-editor";
import { approvalLooks } from "@/components/channels/templates/template-words";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { mayReadChannels } from "@/server/channels/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "WhatsApp template" };

export default async function TemplatePage({ params }: PageProps<"/settings/channels/templates/[id]">) {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadChannels(role))
    return <AdminsOnly title="Channels" administrators={await caller.workspaces.administrators()} />;
  const { id } = await params;
  const [template, accounts] = await Promise.all([
    caller.channels.template({ templateId: id }),
    caller.channels.whatsappAccounts(),
  ]);
  return (
    <>
      <PageHeader
        title={template.name}
        status={<StatusBadge {...approvalLooks[template.approval]} />}
        description={
          template.submitted
            ? "What Meta has goes on until it has approved the new words."
            : "A draft: Meta has not seen it."
        }
        back={{ href: "/settings/channels/templates", label: "WhatsApp templates" }}
      />
      <PageBody width="content">
        <TemplateEditor accounts={accounts} template={template} />
      </PageBody>
    </>
  );
}
