import type { Metadata } from "next";
import { LeadsOnly } from "@/components/floor/leads-only";
import { WallFrame } from "@/components/floor/wall-frame";
import { WallScreen } from "@/components/floor/wall-screen";
import { mayReadFloor } from "@/server/floor/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Wall screen" };

export default async function WallPage() {
  const caller = await api();
  const { role } = await caller.auth.viewer();
  if (!mayReadFloor(role))
    return <LeadsOnly title="Wall screen" administrators={await caller.workspaces.administrators()} />;
  return (
    <WallFrame>
      <WallScreen initial={await caller.floor.board()} />
    </WallFrame>
  );
}
