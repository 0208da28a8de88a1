import { memberProcedure, router } from "@/server/trpc/procedures";
import { dismissChecklist } from "./dismiss";
import { getChecklist } from "./get-checklist";

/** The first steps in a new workspace, for each member. */
export const onboardingRouter = router({
  checklist: memberProcedure.query(({ ctx }) => getChecklist(ctx.verb)),
  dismiss: memberProcedure.mutation(({ ctx }) => dismissChecklist(ctx.verb)),
});
