import type { Metadata } from "next";
import { AccountCards } from "@/components/telephony/account-cards";
import { LinesCard } from "@/components/telephony/lines-card";
import { RulesCard } from "@/components/telephony/rules-card";
import { TopicsCard } from "@/components/telephony/topics-card";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Telephony" };

export default async function TelephonyPage() {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin" && role !== "supervisor")
    return <AdminsOnly title="Telephony" administrators={await caller.workspaces.administrators()} />;
  const [setup, topics] = await Promise.all([caller.telephony.setup(), caller.telephony.topics()]);
  const mayEdit = role === "admin";
  return (
    <>
      <SettingsHeader
        title="Telephony"
        description="Who connects agents with customers, the numbers that customers see, and what is said first."
      />
      <PageBody width="content">
        {setup.isDemo && (
          <Notice tone="information">
            The demo workspace calls nobody: its people are made up. Create a workspace of your own to connect
            a provider.
          </Notice>
        )}
        <RulesCard rules={setup.rules} mayEdit={mayEdit} />
        <AccountCards setup={setup} mayEdit={mayEdit && !setup.isDemo} zone={zone} />
        <LinesCard setup={setup} mayEdit={mayEdit} />
        <TopicsCard topics={topics} mayEdit={mayEdit} />
      </PageBody>
    </>
  );
}
