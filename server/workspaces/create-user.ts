import { memberships, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { hashPassword, parseIdentifier } from "@/server/auth";
import { recordAudit } from "@/server/platform/audit";
import { type Context, type Role, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

type CreateUser = {
  name: string;
  /** At least one of the two. */
  email?: string;
  phone?: string;
  password: string;
  role: Role;
  isApprover?: boolean;
};

/**
 * Makes a person who can sign in at once, with a membership in the workspace. For the operator's tool; people on screen
 * are invited instead. @throws AppError BAD_INPUT without a usable address or number; CONFLICT when it is known already
 */
export async function createUser(
  ctx: Context,
  input: CreateUser,
): Promise<{ userId: string; membershipId: string }> {
  requireRole(ctx, "admin");
  const { name, role, isApprover = false } = input;
  const email = input.email === undefined ? null : normalised(input.email, "email");
  const phone = input.phone === undefined ? null : normalised(input.phone, "phone");
  if (!email && !phone) throw new AppError("BAD_INPUT", "Give an e-mail address or a phone number.");
  const passwordHash = await hashPassword(input.password);
  const [userId, membershipId] = [newId(), newId()];
  await withTransaction(ctx, async (tx) => {
    const [user] = await tx
      .insert(users)
      .values({ id: userId, email, phone, name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user) throw taken();
    await tx
      .insert(memberships)
      .values({ id: membershipId, workspaceId: ctx.workspaceId, userId, role, isApprover });
    await recordAudit(tx, ctx, {
      action: "member.created",
      subjectType: "member",
      subjectId: membershipId,
      after: { userId, role, isApprover },
    });
  });
  return { userId, membershipId };
}

const taken = () =>
  new AppError("CONFLICT", "Somebody with this e-mail address or phone number exists already.");

function normalised(typed: string, kind: "email" | "phone"): string {
  const identifier = parseIdentifier(typed);
  if (identifier?.kind === kind) return identifier.value;
  throw new AppError(
    "BAD_INPUT",
    kind === "email" ? `${typed} is not an e-mail address.` : `${typed} is not a phone number.`,
    { field: kind },
  );
}
