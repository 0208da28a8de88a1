import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { SplitView } from "@/components/ui/side-panel";
import { EngineElsewhere } from "@/components/workflows/engine-elsewhere";
import { RunPanel } from "@/components/workflows/run-panel";
import { RunTable } from "@/components/workflows/run-table";
import { AdminsOnly } from "@/components/workspaces/admins-only";
import { SettingsHeader } from "@/components/workspaces/settings-header";
import { api } from "@/server/trpc/caller";
import { readOpenRun, readRunQuery } from "@/server/workflows/schemas";

export const metadata: Metadata = { title: "Workflows" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function WorkflowsPage({ searchParams }: Props) {
  const caller = await api();
  const { role, zone } = await caller.auth.viewer();
  if (role !== "admin")
    return <AdminsOnly title="Workflows" administrators={await caller.workspaces.administrators()} />;
  const header = (
    <SettingsHeader
      title="Workflows"
      description="What runs in the background of this workspace: step by step, what it waits for, and why it failed."
    />
  );
  const asked = await searchParams;
  const overview = await caller.workflows.overview();
  if (overview.engine !== "embedded")
    return (
      <>
        {header}
        <PageBody>
          <EngineElsewhere overview={overview} />
        </PageBody>
      </>
    );
  const input = readRunQuery(asked);
  const page = await caller.workflows.list(input);
  const open = readOpenRun(asked.open);
  return (
    <SplitView
      panel={open && <RunPanel key={open} runId={open} functions={overview.functions} zone={zone} />}
    >
      {header}
      <PageBody>
        <RunTable input={input} initial={page} overview={overview} zone={zone} />
      </PageBody>
    </SplitView>
  );
}
