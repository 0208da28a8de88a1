import type { Metadata } from "next";
import { EndOtherSessions } from "@/components/auth/end-other-sessions";
import { SessionList } from "@/components/auth/session-list";
import { PageBody } from "@/components/ui/page-body";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { currentSignedIn } from "@/server/auth/session";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const sessions = await (await api()).auth.sessions();
  const signedIn = await currentSignedIn();
  if (!signedIn) return null;
  return (
    <>
      <SettingsHeader
        title="Sessions"
        description="Browsers that are signed in as you. End one that you do not know, then change your password."
        actions={<EndOtherSessions count={sessions.length - 1} />}
      />
      <PageBody>
        <SessionList sessions={sessions} zone={signedIn.workspace.timeZone} />
      </PageBody>
    </>
  );
}
