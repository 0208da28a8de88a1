import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { mayEditSegments, mayReadSegments } from "@/server/segments/status";

/** Who looks at the segment screens: what they may do there, and the zone in which they read times. */
export async function segmentViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  return {
    zone: signedIn.workspace.timeZone,
    mayRead: mayReadSegments(signedIn),
    mayEdit: mayEditSegments(signedIn),
  };
}
