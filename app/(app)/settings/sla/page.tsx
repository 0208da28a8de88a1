import type { Metadata } from "next";
import { PolicyList } from "@/components/sla/policy-list";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Service levels" };

export default async function ServiceLevelsPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Service levels" administrators={await caller.workspaces.administrators()} />;
  const [policies, calendars] = [await caller.sla.policies(), await caller.sla.calendars()];
  return (
    <>
      <SettingsHeader
        title="Service levels"
        description="How soon a callback is due. Policies are tried from the top; the first that matches decides."
      />
      <PageBody width="content">
        <PolicyList
          policies={policies}
          calendars={calendars.map(({ id, name }) => ({ id, name }))}
          mayEdit={role === "admin"}
        />
      </PageBody>
    </>
  );
}
