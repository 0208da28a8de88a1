import type { Metadata } from "next";
import { OperationsScreen } from "@/components/operations/operations-screen";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Operations" };

export default async function OperationsPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Operations" administrators={await caller.workspaces.administrators()} />;
  const overview = await caller.operations.overview();
  return (
    <>
      <SettingsHeader
        title="Operations"
        description="How this installation is now. It looks again every ten seconds."
      />
      <PageBody>
        <OperationsScreen initial={overview} />
      </PageBody>
    </>
  );
}
