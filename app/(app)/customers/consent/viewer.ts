import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayKeepConsent, mayReadConsent } from "@/server/consent/status";

/** Who looks at the screens about consent, and the zone in which they read times. */
export async function consentViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, workspace } = signedIn;
  return { zone: workspace.timeZone, mayRead: mayReadConsent(role), mayEdit: mayKeepConsent(role) };
}
