import type { Context, Role } from "@/server/platform/context";

/** A live session: the person, the workspace that it is bound to, and the role there. */
export type SignedIn = {
  sessionId: string;
  user: { id: string; name: string; email: string | null };
  workspace: {
    id: string;
    name: string;
    slug: string;
    timeZone: string;
    locale: string;
    currency: string;
    isDemo: boolean;
  };
  membershipId: string;
  role: Role;
  isApprover: boolean;
};

/** The verbs' context of a signed-in request. */
export function contextOf(signedIn: SignedIn, requestId: string): Context {
  return {
    workspaceId: signedIn.workspace.id,
    actor: { kind: "user", id: signedIn.user.id },
    role: signedIn.role,
    isApprover: signedIn.isApprover,
    membershipId: signedIn.membershipId,
    requestId,
    userId: signedIn.user.id,
  };
}
