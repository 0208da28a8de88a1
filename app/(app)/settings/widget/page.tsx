import type { Metadata } from "next";
import { WidgetForm } from "@/components/callbacks/settings/widget-form";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Website button" };

export default async function WidgetPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Website button" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader
        title="Website button"
        description="Visitors of your own pages ask for a call; their requests come into the queue."
      />
      <PageBody width="content">
        <WidgetForm widget={await caller.callbacks.widget()} />
      </PageBody>
    </>
  );
}
