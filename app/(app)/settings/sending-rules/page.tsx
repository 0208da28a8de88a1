import type { Metadata } from "next";
import { RulesScreen } from "@/components/sending-rules/rules-screen";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { mayReadRules, mayStopSending } from "@/server/sending-rules/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Sending rules" };

export default async function SendingRulesPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadRules(role))
    return <AdminsOnly title="Sending rules" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <SettingsHeader
        title="Sending rules"
        description="How often and when a customer may be written to, whichever campaign wants it."
      />
      <PageBody width="content">
        <RulesScreen
          initial={await caller.sendingRules.get()}
          mayEdit={role === "admin"}
          mayStop={mayStopSending(role)}
        />
      </PageBody>
    </>
  );
}
