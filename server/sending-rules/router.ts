import { procedureFor, router } from "@/server/trpc/procedures";
import { changeRules } from "./change-rules";
import { getSendingRules } from "./get-rules";
import { hoursKey, hoursRowKey, hoursSchema, sendingRulesSchema } from "./schemas";
import { removeHours, resetHours, setHours } from "./set-hours";
import { rulesEditors, rulesReaders, stopEditors } from "./status";
import { letSendingGoOn, stopSending } from "./stop-sending";

const reader = procedureFor(...rulesReaders);
const editor = procedureFor(...rulesEditors);
const stopper = procedureFor(...stopEditors);

/** When and how often customers may be written to, over all campaigns. */
export const sendingRulesRouter = router({
  get: reader.query(({ ctx }) => getSendingRules(ctx.verb)),
  change: editor.input(sendingRulesSchema).mutation(({ ctx, input }) => changeRules(ctx.verb, input)),
  setHours: editor.input(hoursSchema).mutation(({ ctx, input }) => setHours(ctx.verb, input)),
  removeHours: editor.input(hoursRowKey).mutation(({ ctx, input }) => removeHours(ctx.verb, input)),
  resetHours: editor.input(hoursKey).mutation(({ ctx, input }) => resetHours(ctx.verb, input)),
  stop: stopper.mutation(({ ctx }) => stopSending(ctx.verb)),
  letGoOn: stopper.mutation(({ ctx }) => letSendingGoOn(ctx.verb)),
});
