"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { endSession } from "@/server/auth/end-session";
import { currentSignedIn } from "@/server/auth/session";
import { switchWorkspace } from "@/server/auth/switch-workspace";
import { secureCookies, sessionCookie } from "@/server/auth/token";

/** Ends the session and forgets its token. */
export async function signOutAction(): Promise<void> {
  const signedIn = await currentSignedIn();
  if (signedIn) await endSession(signedIn);
  (await cookies()).delete({ name: sessionCookie, path: "/", secure: secureCookies });
  redirect("/sign-in");
}

/** Opens another workspace of the same person, on its first page. */
export async function switchWorkspaceAction(workspaceId: string): Promise<void> {
  const signedIn = await currentSignedIn();
  if (!signedIn) redirect("/sign-in");
  await switchWorkspace(signedIn, workspaceId);
  // Pages of the other workspace may wait in the browser's cache.
  revalidatePath("/", "layout");
  redirect("/");
}
