import { z } from "zod";
import { memberProcedure, router } from "@/server/trpc/procedures";
import { changeName } from "./change-name";
import { changePassword } from "./change-password";
import { listSessions } from "./list-sessions";
import { revokeOtherSessions, revokeSession } from "./revoke-sessions";
import { changeNameInput, changePasswordInput, testAddresses } from "./schemas";
import { changeTestAddresses, getTestAddresses } from "./test-addresses";
import { getViewer } from "./viewer";

/** What every member may do about themselves. Signing in and out are pages' own doors. */
export const authRouter = router({
  viewer: memberProcedure.query(async ({ ctx }) => ({
    ...(await getViewer(ctx.signedIn)),
    name: ctx.signedIn.user.name,
    role: ctx.signedIn.role,
    isApprover: ctx.signedIn.isApprover,
    userId: ctx.signedIn.user.id,
    zone: ctx.signedIn.workspace.timeZone,
  })),
  sessions: memberProcedure.query(async ({ ctx }) =>
    (await listSessions(ctx.verb)).map((line) => ({
      ...line,
      isCurrent: line.id === ctx.signedIn.sessionId,
    })),
  ),
  revokeSession: memberProcedure
    .input(z.object({ sessionId: z.string() }))
    .mutation(({ ctx, input }) => revokeSession(ctx.verb, input)),
  revokeOtherSessions: memberProcedure.mutation(({ ctx }) =>
    revokeOtherSessions(ctx.verb, { keep: ctx.signedIn.sessionId }),
  ),
  changePassword: memberProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) =>
      changePassword(ctx.verb, { ...input, keepSessionId: ctx.signedIn.sessionId }),
    ),
  testAddresses: memberProcedure.query(({ ctx }) => getTestAddresses(ctx.verb)),
  changeTestAddresses: memberProcedure
    .input(testAddresses)
    .mutation(({ ctx, input }) => changeTestAddresses(ctx.verb, input)),
  changeName: memberProcedure
    .input(changeNameInput)
    .mutation(({ ctx, input }) => changeName(ctx.verb, input)),
});
