import { z } from "zod";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { viewId, viewInput } from "@/server/views/schemas";
import { assignCallback } from "./assign";
import { nameCustomer, nameCustomerInput } from "./attach-customer";
import { beginAttempt, outcomeInput, recordOutcome } from "./attempt";
import { requestByHand } from "./by-hand";
import { claimNextCallback } from "./claim-next";
import { cancelCallback, cancelInput, completeCallback, completeInput, reopenCallback } from "./close";
import { countCallbacks } from "./count";
import { editCallback, editInput } from "./edit";
import { getCallback } from "./get";
import { keepClaim, releaseClaim } from "./hold";
import { formUrl } from "./links";
import { listCallbacks } from "./list";
import { changeManyCallbacks, changeManyInput } from "./many";
import { listMessageTemplates, messageCustomer, messageInput } from "./messages/message-customer";
import { listMessageSettings, saveMessageSetting } from "./messages/settings";
import { offerSlots } from "./offer-slots";
import { listPassTargets, passOn, passOnInput, raiseCallback, raiseInput } from "./pass-on";
import { searchPossible, searchPossibleInput } from "./possible";
import { presenceInput, readDesk, setPresence } from "./presence";
import { scheduleCallback, scheduleInput } from "./schedule";
import { byHandInput, listCallbacksInput, saveMessageInput, saveWidgetInput, slotsInput } from "./schemas";
import { callbackReaders } from "./status";
import { takeCallback } from "./take";
import { listTakers } from "./takers";
import { listViews, removeView, saveView } from "./views";
import { getWidget, renewWidgetKey, saveWidget } from "./widget/settings";

const reader = procedureFor(...callbackReaders);
const lead = procedureFor("admin", "supervisor");
const admin = procedureFor("admin");
const one = z.object({ callbackId: z.string() });
const hold = one.extend({ generation: z.number().int() });

/** Customers who wait for a call, and the work on them. Writes of work name the claim that they are made under. */
export const callbacksRouter = router({
  list: reader.input(listCallbacksInput.partial()).query(({ ctx, input }) => listCallbacks(ctx.verb, input)),
  counts: reader.query(({ ctx }) => countCallbacks(ctx.verb)),
  get: reader.input(one).query(({ ctx, input }) => getCallback(ctx.verb, input)),
  views: reader.query(({ ctx }) => listViews(ctx.verb)),
  saveView: reader.input(viewInput).mutation(({ ctx, input }) => saveView(ctx.verb, input)),
  removeView: reader.input(viewId).mutation(({ ctx, input }) => removeView(ctx.verb, input)),
  slots: memberProcedure.input(slotsInput).query(({ ctx, input }) => offerSlots(ctx.verb, input)),
  formLink: lead.query(({ ctx }) => formUrl(ctx.verb.workspaceId)),
  takers: lead.query(({ ctx }) => listTakers(ctx.verb)),
  // A marketer writes down a wish from the customer's page; the verb decides about books.
  request: memberProcedure.input(byHandInput).mutation(({ ctx, input }) => requestByHand(ctx.verb, input)),

  desk: reader.query(({ ctx }) => readDesk(ctx.verb)),
  setPresence: reader.input(presenceInput).mutation(({ ctx, input }) => setPresence(ctx.verb, input)),
  next: reader.mutation(({ ctx }) => claimNextCallback(ctx.verb)),
  take: reader.input(one).mutation(({ ctx, input }) => takeCallback(ctx.verb, input)),
  keep: reader.input(hold).mutation(({ ctx, input }) => keepClaim(ctx.verb, input)),
  release: reader.input(hold).mutation(({ ctx, input }) => releaseClaim(ctx.verb, input)),
  dial: reader.input(hold).mutation(({ ctx, input }) => beginAttempt(ctx.verb, { ...input, via: "tel" })),
  outcome: reader.input(outcomeInput).mutation(({ ctx, input }) => recordOutcome(ctx.verb, input)),
  complete: reader.input(completeInput).mutation(({ ctx, input }) => completeCallback(ctx.verb, input)),
  cancel: reader.input(cancelInput).mutation(({ ctx, input }) => cancelCallback(ctx.verb, input)),
  schedule: reader.input(scheduleInput).mutation(({ ctx, input }) => scheduleCallback(ctx.verb, input)),

  passTargets: reader.query(({ ctx }) => listPassTargets(ctx.verb)),
  passOn: reader.input(passOnInput).mutation(({ ctx, input }) => passOn(ctx.verb, input)),
  raise: reader.input(raiseInput).mutation(({ ctx, input }) => raiseCallback(ctx.verb, input)),
  messageTemplates: reader.query(({ ctx }) => listMessageTemplates(ctx.verb)),
  message: reader.input(messageInput).mutation(({ ctx, input }) => messageCustomer(ctx.verb, input)),
  messageSettings: lead.query(({ ctx }) => listMessageSettings(ctx.verb)),
  widget: admin.query(({ ctx }) => getWidget(ctx.verb)),
  saveWidget: admin.input(saveWidgetInput).mutation(({ ctx, input }) => saveWidget(ctx.verb, input)),
  renewWidgetKey: admin.mutation(({ ctx }) => renewWidgetKey(ctx.verb)),
  saveMessageSetting: admin
    .input(saveMessageInput)
    .mutation(({ ctx, input }) => saveMessageSetting(ctx.verb, input)),

  possible: reader.input(searchPossibleInput).query(({ ctx, input }) => searchPossible(ctx.verb, input)),
  nameCustomer: reader.input(nameCustomerInput).mutation(({ ctx, input }) => nameCustomer(ctx.verb, input)),
  edit: lead.input(editInput).mutation(({ ctx, input }) => editCallback(ctx.verb, input)),
  assign: reader
    .input(one.extend({ membershipId: z.string().nullable() }))
    .mutation(({ ctx, input }) => assignCallback(ctx.verb, input)),
  changeMany: lead.input(changeManyInput).mutation(({ ctx, input }) => changeManyCallbacks(ctx.verb, input)),
  reopen: lead.input(one).mutation(({ ctx, input }) => reopenCallback(ctx.verb, input)),
});
