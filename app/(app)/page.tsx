import { redirect } from "next/navigation";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import type { Role } from "@/server/platform/context";

// Where each role's day begins.
const firstPage: Record<Role, string> = {
  admin: "/campaigns",
  marketer: "/campaigns",
  advisor: "/customers",
  supervisor: "/campaigns",
  agent: "/callbacks",
};

export default async function FirstPage() {
  const signedIn = await currentSignedIn();
  redirect(signedIn ? firstPage[signedIn.role] : await signInPath());
}
