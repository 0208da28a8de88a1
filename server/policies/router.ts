import { z } from "zod";
import { memberProcedure, router } from "@/server/trpc/procedures";
import { createPolicy } from "./create";
import { listPayments, listPolicies } from "./list";
import { paymentsAge } from "./payments-age";
import { changePayment, recordPayment } from "./record-payment";
import {
  changePaymentInput,
  createPolicyInput,
  listPaymentsInput,
  recordPaymentInput,
  updatePolicyInput,
} from "./schemas";
import { updatePolicy } from "./update";

// Who may do what is decided in the verbs: an advisor sees another set than a marketer.
export const policiesRouter = router({
  list: memberProcedure
    .input(z.object({ customerId: z.string() }))
    .query(({ ctx, input }) => listPolicies(ctx.verb, input)),
  payments: memberProcedure.input(listPaymentsInput).query(({ ctx, input }) => listPayments(ctx.verb, input)),
  paymentsAge: memberProcedure.query(({ ctx }) => paymentsAge(ctx.verb)),
  create: memberProcedure
    .input(createPolicyInput)
    .mutation(({ ctx, input }) => createPolicy(ctx.verb, input)),
  update: memberProcedure
    .input(updatePolicyInput)
    .mutation(({ ctx, input }) => updatePolicy(ctx.verb, input)),
  recordPayment: memberProcedure
    .input(recordPaymentInput)
    .mutation(({ ctx, input }) => recordPayment(ctx.verb, input)),
  changePayment: memberProcedure
    .input(changePaymentInput)
    .mutation(({ ctx, input }) => changePayment(ctx.verb, input)),
});
