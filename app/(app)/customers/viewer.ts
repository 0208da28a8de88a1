import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayEditCustomers, mayReadCustomers } from "@/server/customers/status";
import { mayImport } from "@/server/imports/status";

/** Who looks at the customer screens: what they may do there, and the zone in which they read times. */
export async function customerViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, user, workspace } = signedIn;
  return {
    mayRead: mayReadCustomers(role),
    mayImport: mayImport(role),
    zone: workspace.timeZone,
    viewer: {
      userId: user.id,
      zone: workspace.timeZone,
      mayEdit: mayEditCustomers(role),
      ownBook: role === "advisor",
      mayErase: role === "admin",
      opensCampaigns: role !== "advisor" && role !== "agent",
    },
  };
}
