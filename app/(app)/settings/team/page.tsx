import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { InvitationList } from "@/components/workspaces/invitation-list";
import { InviteDialog } from "@/components/workspaces/invite-dialog";
import { MemberTable } from "@/components/workspaces/member-table";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "People" };

type Props = { searchParams: Promise<{ q?: string; after?: string; before?: string }> };

export default async function TeamPage({ searchParams }: Props) {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="People" administrators={await caller.workspaces.administrators()} />;
  const { q = "", after, before } = await searchParams;
  const [page, invitations] = await Promise.all([
    caller.workspaces.members({ search: q, after, before }),
    caller.workspaces.invitations(),
  ]);
  return (
    <>
      <SettingsHeader
        title="People"
        description="Everybody in this workspace, and what they may do."
        actions={<InviteDialog />}
      />
      <PageBody>
        {invitations.length > 0 && <InvitationList invitations={invitations} zone={zone} />}
        <MemberTable page={page} zone={zone} searched={q !== ""} />
      </PageBody>
    </>
  );
}
