import type { Metadata } from "next";
import { BrandingScreen } from "@/components/branding/branding-screen";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Branding" };

export default async function BrandingPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Branding" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader title="Branding" />
      <BrandingScreen stored={await caller.branding.get()} />
    </>
  );
}
