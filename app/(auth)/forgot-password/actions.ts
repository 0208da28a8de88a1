"use server";

import { headers } from "next/headers";
import { type Answer, answerOf } from "@/server/auth/answer";
import { requestPasswordReset } from "@/server/auth/request-password-reset";
import { resetPassword } from "@/server/auth/reset-password";
import { requestPasswordResetInput, resetPasswordInput } from "@/server/auth/schemas";
import { visitorOf } from "@/server/auth/visitor";

/** Asks for a link that sets a new password. The answer does not tell whether the account exists. */
export async function requestPasswordResetAction(given: { identifier: string }): Promise<Answer> {
  return answerOf(async () => {
    const { identifier } = requestPasswordResetInput.parse(given);
    await requestPasswordReset(identifier, visitorOf(await headers()));
  });
}

/** Sets a new password by a mailed link. */
export async function resetPasswordAction(given: { token: string; password: string }): Promise<Answer> {
  return answerOf(() => resetPassword(resetPasswordInput.parse(given)));
}
