import { BarChart3, MonitorPlay } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FloorScreen } from "@/components/floor/floor-screen";
import { LeadsOnly } from "@/components/floor/leads-only";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { mayReadFloor } from "@/server/floor/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Floor" };

export default async function FloorPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadFloor(role))
    return <LeadsOnly title="Floor" administrators={await caller.workspaces.administrators()} />;
  return (
    <>
      <PageHeader
        title="Floor"
        actions={
          <>
            <Button asChild>
              <Link href="/floor/reports">
                <BarChart3 aria-hidden />
                Reports
              </Link>
            </Button>
            <Button asChild>
              <Link href="/floor/wall">
                <MonitorPlay aria-hidden />
                Wall screen
              </Link>
            </Button>
          </>
        }
      />
      <PageBody>
        <FloorScreen initial={await caller.floor.board()} />
      </PageBody>
    </>
  );
}
