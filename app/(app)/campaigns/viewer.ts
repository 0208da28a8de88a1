import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayEditCampaigns, mayReadCampaigns } from "@/server/campaigns/status";
import { inboxRoles } from "@/server/inbox/schemas";

/** Who looks at the campaign screens: what they may do there, and the zone in which they read times. */
export async function campaignViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  return {
    zone: signedIn.workspace.timeZone,
    currency: signedIn.workspace.currency,
    isAdvisor: signedIn.role === "advisor",
    mayRead: mayReadCampaigns(signedIn),
    mayEdit: mayEditCampaigns(signedIn),
    mayReadInbox: inboxRoles.some((role) => role === signedIn.role),
  };
}
