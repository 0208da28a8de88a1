import { and, asc, eq } from "drizzle-orm";
import { memberships, users, workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { SignedIn } from "./signed-in";

export type ViewerDetails = {
  email: string | null;
  phone: string | null;
  /** Every workspace that the person is an active member of. */
  workspaces: { id: string; name: string }[];
};

/** What the frame around the pages shows of the signed-in person. */
export function getViewer(signedIn: SignedIn): Promise<ViewerDetails> {
  const userId = signedIn.user.id;
  return withTransaction({ workspaceId: null, userId }, async (tx) => {
    const [user] = await tx
      .select({ email: users.email, phone: users.phone })
      .from(users)
      .where(eq(users.id, userId));
    const own = await tx
      .select({ id: workspaces.id, name: workspaces.name })
      .from(memberships)
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .where(and(eq(memberships.userId, userId), eq(memberships.status, "active")))
      .orderBy(asc(workspaces.name), asc(workspaces.id));
    return { email: user?.email ?? null, phone: user?.phone ?? null, workspaces: own };
  });
}
