import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { maySendEvents } from "@/server/events/status";

/** Who looks at the screens about events, and the zone in which they read times. */
export async function eventsViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  const { role, workspace } = signedIn;
  return { zone: workspace.timeZone, maySend: maySendEvents(role) };
}
