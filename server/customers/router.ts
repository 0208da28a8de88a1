import { memberProcedure, router } from "@/server/trpc/procedures";
import { createCustomer } from "./create";
import { getCustomer } from "./get";
import { countCustomers, listCustomers } from "./list";
import {
  customerFields,
  customerFilters,
  customerIdInput,
  listCustomersInput,
  updateCustomerInput,
} from "./schemas";
import { updateCustomer } from "./update";

// Who may do what is decided in the verbs: an advisor sees another set than a marketer.
export const customersRouter = router({
  list: memberProcedure.input(listCustomersInput).query(({ ctx, input }) => listCustomers(ctx.verb, input)),
  count: memberProcedure.input(customerFilters).query(({ ctx, input }) => countCustomers(ctx.verb, input)),
  get: memberProcedure.input(customerIdInput).query(({ ctx, input }) => getCustomer(ctx.verb, input)),
  create: memberProcedure.input(customerFields).mutation(({ ctx, input }) => createCustomer(ctx.verb, input)),
  update: memberProcedure
    .input(updateCustomerInput)
    .mutation(({ ctx, input }) => updateCustomer(ctx.verb, input)),
});
