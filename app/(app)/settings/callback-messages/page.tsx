import type { Metadata } from "next";
import { MessageSettings } from "@/components/callbacks/settings/message-settings";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Callback messages" };

export default async function CallbackMessagesPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Callback messages" administrators={await caller.workspaces.administrators()} />;
  const [messages, templates] = await Promise.all([
    caller.callbacks.messageSettings(),
    caller.callbacks.messageTemplates(),
  ]);
  return (
    <>
      <SettingsHeader
        title="Callback messages"
        description="What the queue writes to its customers by itself. Consent and quiet hours decide about each one."
      />
      <PageBody width="content">
        <MessageSettings {...messages} templates={templates} mayEdit={role === "admin"} />
      </PageBody>
    </>
  );
}
