import { procedureFor, router } from "@/server/trpc/procedures";
import { changeAssignment, readAssignment } from "./assignment";
import { changeAgent } from "./change";
import { listAgents } from "./list";
import { changeAgentInput, changeAssignmentInput } from "./schemas";

/** Who takes calls, and what each of them can be given. */
export const agentsRouter = router({
  list: procedureFor("admin", "supervisor").query(({ ctx }) => listAgents(ctx.verb)),
  change: procedureFor("admin")
    .input(changeAgentInput)
    .mutation(({ ctx, input }) => changeAgent(ctx.verb, input)),
  assignment: procedureFor("admin", "supervisor").query(({ ctx }) => readAssignment(ctx.verb)),
  changeAssignment: procedureFor("admin")
    .input(changeAssignmentInput)
    .mutation(({ ctx, input }) => changeAssignment(ctx.verb, input)),
});
