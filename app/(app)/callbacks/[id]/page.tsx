import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CallbackScreen } from "@/components/callbacks/callback-screen";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayLeadCallbacks, mayReadCallbacks } from "@/server/callbacks/status";
import { mayReadCustomers } from "@/server/customers/status";
import { api } from "@/server/trpc/caller";

export const metadata: Metadata = { title: "Callback request" };

export default async function CallbackPage({ params }: PageProps<"/callbacks/[id]">) {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  if (!mayReadCallbacks(signedIn.role))
    return (
      <ForbiddenState
        title="Callbacks are not open to your role"
        who="Agents, advisors, supervisors and administrators work with the queue."
      />
    );
  const { callbacks } = await api();
  const callback = await callbacks.get({ callbackId: (await params).id });
  return (
    <CallbackScreen
      key={callback.id}
      initial={callback}
      zone={signedIn.workspace.timeZone}
      lead={mayLeadCallbacks(signedIn.role)}
      opensCustomers={mayReadCustomers(signedIn.role)}
    />
  );
}
