import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SettingsIndex } from "@/components/workspaces/settings-index";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const { role } = await (await api()).auth.viewer();
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody width="reading">
        <SettingsIndex roles={[role]} />
      </PageBody>
    </>
  );
}
