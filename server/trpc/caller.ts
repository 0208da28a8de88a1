import "server-only";
import type { TRPCError } from "@trpc/server";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { currentSignedIn, signInPath } from "@/server/auth/session";
import { newId } from "@/server/platform/ids";
import { t } from "./init";
import { appRouter } from "./root";

/**
 * The API for server components, as the signed-in person; once a request. `const page = await (await api()).campaigns.list({})`.
 * Nobody signed in leads to the sign-in page, a missing row to the not-found page; other errors reach the error page.
 */
export const api = cache(async () => {
  const signedIn = await currentSignedIn();
  const signIn = await signInPath();
  return t.createCallerFactory(appRouter)(
    { signedIn, requestId: newId() },
    { onError: ({ error }) => leave(error, signIn) },
  );
});

function leave(error: TRPCError, signIn: string): void {
  if (error.code === "UNAUTHORIZED") redirect(signIn);
  if (error.code === "NOT_FOUND") notFound();
}
