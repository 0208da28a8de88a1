import type { Metadata } from "next";
import { KeyTable } from "@/components/api-keys/key-table";
import { NewKey } from "@/components/api-keys/new-key";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="API keys" administrators={await caller.workspaces.administrators()} />;
  const keys = await caller.apiKeys.list();
  return (
    <>
      <SettingsHeader
        title="API keys"
        description={
          <>
            For systems that work with this workspace.{" "}
            <a href="/api/v1/docs" className="text-accent-ink underline underline-offset-2">
              What they can do
            </a>
          </>
        }
        actions={<NewKey />}
      />
      <PageBody width="content">
        <KeyTable initial={keys} zone={zone} />
      </PageBody>
    </>
  );
}
