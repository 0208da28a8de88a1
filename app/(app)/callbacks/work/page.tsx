import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { WorkScreen } from "@/components/callbacks/work/work-screen";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayReadCallbacks } from "@/server/callbacks/status";
import { mayReadCustomers } from "@/server/customers/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Next callback" };

export default async function WorkPage({ searchParams }: PageProps<"/callbacks/work">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  if (!mayReadCallbacks(signedIn.role))
    return (
      <ForbiddenState
        title="Callbacks are not open to your role"
        who="Agents, advisors, supervisors and administrators take calls."
      />
    );
  const { callbacks } = await api();
  const [desk, counts] = await Promise.all([callbacks.desk(), callbacks.counts()]);
  const held = desk.hold ? await callbacks.get({ callbackId: desk.hold.callbackId }) : null;
  return (
    <WorkScreen
      desk={desk}
      counts={counts}
      held={held}
      askAtOnce={(await searchParams).next === "1"}
      zone={signedIn.workspace.timeZone}
      opensCustomers={mayReadCustomers(signedIn.role)}
    />
  );
}
