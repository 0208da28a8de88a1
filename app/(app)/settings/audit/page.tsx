import type { Metadata } from "next";
import { AuditPanel } from "@/components/audit/audit-panel";
import { AuditTable } from "@/components/audit/audit-table";
import { PageBody } from "@/components/ui/page-body";
import { SplitView } from "@/components/ui/side-panel";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { readAuditQuery } from "@/server/audit/schemas";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Audit log" administrators={await caller.workspaces.administrators()} />;
  const asked = await searchParams;
  const [page, filters] = await Promise.all([
    caller.audit.list(readAuditQuery(asked)),
    caller.audit.filters(),
  ]);
  const open = page.rows.find((line) => line.id === asked.open);
  return (
    <SplitView panel={open && <AuditPanel line={open} zone={zone} />}>
      <SettingsHeader
        title="Audit log"
        description="Every change, by whom, with what stood before. Nobody can edit or delete an entry."
      />
      <PageBody>
        <AuditTable page={page} filters={filters} zone={zone} currentId={open?.id} />
      </PageBody>
    </SplitView>
  );
}
