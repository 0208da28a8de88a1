import { procedureFor, router } from "@/server/trpc/procedures";
import { listCalendars } from "./list-calendars";
import { listPolicies } from "./list-policies";
import { previewCalendar, previewPolicy } from "./preview";
import { archiveCalendar, saveCalendar } from "./save-calendar";
import { archivePolicy, orderPolicies, savePolicy } from "./save-policy";
import {
  calendarIdInput,
  orderPoliciesInput,
  policyIdInput,
  previewCalendarInput,
  previewPolicyInput,
  saveCalendarInput,
  savePolicyInput,
} from "./schemas";

const reader = procedureFor("admin", "supervisor");
const admin = procedureFor("admin");

/** What is promised to customers who wait for a call, and the hours by which it is counted. */
export const slaRouter = router({
  calendars: reader.query(({ ctx }) => listCalendars(ctx.verb)),
  previewCalendar: reader
    .input(previewCalendarInput)
    .query(({ ctx, input }) => previewCalendar(ctx.verb, input)),
  saveCalendar: admin.input(saveCalendarInput).mutation(({ ctx, input }) => saveCalendar(ctx.verb, input)),
  archiveCalendar: admin
    .input(calendarIdInput)
    .mutation(({ ctx, input }) => archiveCalendar(ctx.verb, input)),

  policies: reader.query(({ ctx }) => listPolicies(ctx.verb)),
  previewPolicy: reader.input(previewPolicyInput).query(({ ctx, input }) => previewPolicy(ctx.verb, input)),
  savePolicy: admin.input(savePolicyInput).mutation(({ ctx, input }) => savePolicy(ctx.verb, input)),
  archivePolicy: admin.input(policyIdInput).mutation(({ ctx, input }) => archivePolicy(ctx.verb, input)),
  orderPolicies: admin.input(orderPoliciesInput).mutation(({ ctx, input }) => orderPolicies(ctx.verb, input)),
});
