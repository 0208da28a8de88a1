"use server";

import { type Answer, answerOf } from "@/server/auth/answer";
import { api } from "@/server/trpc/caller";
import type { AcceptInvitation } from "@/server/workspaces/schemas";

/** Joins the workspace of an invitation. */
export async function acceptInvitationAction(given: AcceptInvitation): Promise<Answer> {
  return answerOf(async () => (await api()).workspaces.acceptInvitation(given));
}
