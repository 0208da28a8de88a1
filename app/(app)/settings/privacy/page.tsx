import type { Metadata } from "next";
import { PrivacyForm } from "@/components/customers/privacy-form";
import { ErasureList } from "@/components/erasures/erasure-list";
import { UploadRule } from "@/components/erasures/upload-rule";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage() {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Privacy" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader
        title="Privacy"
        description="Who reads the addresses of customers, and how people are forgotten."
      />
      <PageBody width="reading">
        <PrivacyForm privacy={await caller.customers.privacy()} />
        <div className="mt-3 flex flex-col gap-6 border-line border-t pt-6">
          <UploadRule />
          <ErasureList zone={zone} />
        </div>
      </PageBody>
    </>
  );
}
