import type { Metadata } from "next";
import { DispositionList } from "@/components/dispositions/disposition-list";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Dispositions" };

export default async function DispositionsPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Dispositions" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader
        title="Dispositions"
        description="How agents say what came of a call, and what that does to the request."
      />
      <PageBody width="content">
        <DispositionList dispositions={await caller.dispositions.list()} mayEdit={role === "admin"} />
      </PageBody>
    </>
  );
}
