import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsForm } from "@/components/workspaces/settings-form";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";
import { timeZones } from "@/server/workspaces/schemas";

export const metadata: Metadata = { title: "Workspace" };

export default async function WorkspacePage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Workspace" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader title="Workspace" />
      <PageBody width="reading">
        <SettingsForm settings={await caller.workspaces.settings()} timeZones={timeZones} />
      </PageBody>
    </>
  );
}
