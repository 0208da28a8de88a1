import { AppError } from "./errors";

/** Role keys of `joints.md`; what each is called and may do stands in `server/workspaces/roles.ts`. */
export type Role = "admin" | "marketer" | "supervisor" | "agent" | "advisor";

export type Actor = { kind: "user" | "system" | "customer" | "api_key"; id: string | null };

/** Who asks, in which workspace, as what. Verbs take it first and scope every query by it. */
export type Context = {
  workspaceId: string;
  actor: Actor;
  /** Null for the system and for customers on signed links. */
  role: Role | null;
  isApprover: boolean;
  /** The member's own id in this workspace (an advisor's book is keyed by it). */
  membershipId: string | null;
  requestId: string | null;
  /** The user id for row-level security of own memberships. */
  userId: string | null;
};

/** The context of a process that acts for a workspace by itself: worker, workflow function, seed. */
export function systemContext(workspaceId: string): Context {
  return {
    workspaceId,
    actor: { kind: "system", id: null },
    role: null,
    isApprover: false,
    membershipId: null,
    requestId: null,
    userId: null,
  };
}

/** The context of a customer on a signed link. */
export function customerContext(workspaceId: string, customerId: string): Context {
  return { ...systemContext(workspaceId), actor: { kind: "customer", id: customerId } };
}

/**
 * Lets the system and the named roles pass. @throws AppError FORBIDDEN with who can.
 */
export function requireRole(ctx: Context, ...roles: Role[]): void {
  if (ctx.actor.kind === "system") return;
  if (ctx.role && roles.includes(ctx.role)) return;
  throw new AppError(
    "FORBIDDEN",
    `Your role does not allow this. It needs: ${roles.join(", ")}. Ask an administrator of this workspace.`,
  );
}
