import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import {
  mayEditTemplates,
  mayReadTemplates,
  mayUseTemplates,
  seesAllTemplates,
} from "@/server/template-library/status";

/** Who looks at the template screens: what they may do there, and the zone in which they read times. */
export async function templateViewer() {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect(await signInPath());
  return {
    zone: signedIn.workspace.timeZone,
    company: signedIn.workspace.name,
    mayRead: mayReadTemplates(signedIn),
    mayEdit: mayEditTemplates(signedIn),
    mayUse: mayUseTemplates(signedIn),
    seesAll: seesAllTemplates(signedIn),
  };
}
