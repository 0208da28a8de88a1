import { memberProcedure, router } from "@/server/trpc/procedures";
import { listAdvisors } from "./advisors";
import { changeCustomers } from "./change-many";
import { addNoteInput, editNoteInput, noteIdInput, timelineInput } from "./content";
import { createCustomer } from "./create";
import { getCustomer } from "./get";
import { countCustomers, listCustomers } from "./list";
import { addNote, deleteNote, editNote, restoreNote } from "./notes";
import { changePrivacy, getPrivacy } from "./privacy";
import {
  changeCustomersInput,
  customerFields,
  customerFilters,
  customerIdInput,
  customerValuesInput,
  listCustomersInput,
  privacySchema,
  tagCustomerInput,
  updateCustomerInput,
} from "./schemas";
import { tagCustomer } from "./tags";
import { listTimeline } from "./timeline";
import { updateCustomer } from "./update";
import { listValues } from "./values-of";

const member = memberProcedure;

// Who may do what is decided in the verbs: an advisor sees another set than a marketer.
export const customersRouter = router({
  list: member.input(listCustomersInput).query(({ ctx, input }) => listCustomers(ctx.verb, input)),
  count: member.input(customerFilters).query(({ ctx, input }) => countCustomers(ctx.verb, input)),
  get: member.input(customerIdInput).query(({ ctx, input }) => getCustomer(ctx.verb, input)),
  create: member.input(customerFields).mutation(({ ctx, input }) => createCustomer(ctx.verb, input)),
  update: member.input(updateCustomerInput).mutation(({ ctx, input }) => updateCustomer(ctx.verb, input)),
  changeMany: member
    .input(changeCustomersInput)
    .mutation(({ ctx, input }) => changeCustomers(ctx.verb, input)),

  timeline: member.input(timelineInput).query(({ ctx, input }) => listTimeline(ctx.verb, input)),
  addNote: member.input(addNoteInput).mutation(({ ctx, input }) => addNote(ctx.verb, input)),
  editNote: member.input(editNoteInput).mutation(({ ctx, input }) => editNote(ctx.verb, input)),
  deleteNote: member.input(noteIdInput).mutation(({ ctx, input }) => deleteNote(ctx.verb, input)),
  restoreNote: member.input(noteIdInput).mutation(({ ctx, input }) => restoreNote(ctx.verb, input)),

  privacy: member.query(({ ctx }) => getPrivacy(ctx.verb)),
  changePrivacy: member.input(privacySchema).mutation(({ ctx, input }) => changePrivacy(ctx.verb, input)),

  advisors: member.query(({ ctx }) => listAdvisors(ctx.verb)),
  values: member.input(customerValuesInput).query(({ ctx, input }) => listValues(ctx.verb, input)),
  tag: member.input(tagCustomerInput).mutation(({ ctx, input }) => tagCustomer(ctx.verb, input)),
});
