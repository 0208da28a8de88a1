import { authenticateKey } from "@/server/api-keys";
import { opens } from "@/server/api-keys/status";
import { findTokenSession } from "@/server/auth/session-tokens";
import { contextOf, type SignedIn } from "@/server/auth/signed-in";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import type { Operation } from "./operation";

/** Who calls: a system with a key, or a person who signed in for an access token. */
type Caller = {
  ctx: Context;
  /** What requests are counted and repeats remembered by. */
  id: string;
  signedIn: SignedIn | null;
  /** What the key opens; null for a person, whose role says it. */
  scopes: readonly string[] | null;
};

/** @throws AppError UNAUTHENTICATED */
export async function authenticate(request: Request, requestId: string): Promise<Caller> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (!token.startsWith("rba_")) {
    const { ctx, keyId, scopes } = await authenticateKey(token, requestId);
    return { ctx, id: keyId, signedIn: null, scopes };
  }
  const signedIn = await findTokenSession(token);
  if (!signedIn)
    throw new AppError(
      "UNAUTHENTICATED",
      "This access token has run out, or its session was ended. Refresh it, or sign in again.",
    );
  return { ctx: contextOf(signedIn, requestId), id: signedIn.user.id, signedIn, scopes: null };
}

/** @throws AppError FORBIDDEN with what it needs */
export function requireAccess({ scope, roles }: Operation, { scopes, ctx }: Caller): void {
  if (scopes === null) {
    if (roles === "anybody" || (ctx.role !== null && roles.includes(ctx.role))) return;
    throw new AppError(
      "FORBIDDEN",
      `Your role does not allow this. It needs: ${roles.join(", ")}. Ask an administrator of this workspace.`,
    );
  }
  if (scope === null)
    throw new AppError(
      "FORBIDDEN",
      "No key opens this: it is for a person who signs in at POST /auth/login.",
    );
  if (!opens(scopes, scope))
    throw new AppError(
      "FORBIDDEN",
      `This key does not open it: it needs the scope ${scope}. Ask an administrator for a key that has it.`,
      { scope },
    );
}
