import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayEditCustomers, mayReadCustomers } from "@/server/customers/status";
import { mayImport } from "@/server/imports/status";

/** Who looks at the customer screens: what they may do there, and the zone in which they read times. */
export async function customerViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, workspace } = signedIn;
  return {
    zone: workspace.timeZone,
    mayRead: mayReadCustomers(role),
    mayEdit: mayEditCustomers(role),
    mayImport: mayImport(role),
    ownBook: role === "advisor",
  };
}
