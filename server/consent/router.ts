import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { addSuppressions } from "./add-suppressions";
import { grantConsent, withdrawConsent } from "./change-by-hand";
import { getCoverage } from "./coverage";
import { getConsentFile, listConsentFiles } from "./files/get";
import { cancelConsentFile, runConsentFile } from "./files/state";
import { getCustomerConsent } from "./get-customer-consent";
import { listChanges } from "./list-changes";
import { listSuppressions } from "./list-suppressions";
import { removeSuppressions } from "./remove-suppressions";
import {
  addSuppressionsInput,
  customerHistoryInput,
  fileInput,
  grantConsentInput,
  listChangesInput,
  listSuppressionsInput,
  removeSuppressionsInput,
  withdrawConsentInput,
} from "./schemas";
import { consentKeepers, consentReaders } from "./status";

const reader = procedureFor(...consentReaders);
const keeper = procedureFor(...consentKeepers);

export const consentRouter = router({
  coverage: reader.query(({ ctx }) => getCoverage(ctx.verb)),
  changes: reader.input(listChangesInput).query(({ ctx, input }) => listChanges(ctx.verb, input)),
  // An advisor sees and changes it for the own book: the verbs decide.
  ofCustomer: memberProcedure
    .input(customerHistoryInput)
    .query(({ ctx, input }) => getCustomerConsent(ctx.verb, input)),
  grant: memberProcedure.input(grantConsentInput).mutation(({ ctx, input }) => grantConsent(ctx.verb, input)),
  withdraw: memberProcedure
    .input(withdrawConsentInput)
    .mutation(({ ctx, input }) => withdrawConsent(ctx.verb, input)),
  suppressions: reader
    .input(listSuppressionsInput)
    .query(({ ctx, input }) => listSuppressions(ctx.verb, input)),
  suppress: keeper.input(addSuppressionsInput).mutation(({ ctx, input }) => addSuppressions(ctx.verb, input)),
  files: keeper.query(({ ctx }) => listConsentFiles(ctx.verb)),
  file: keeper.input(fileInput).query(({ ctx, input }) => getConsentFile(ctx.verb, input)),
  runFile: keeper.input(fileInput).mutation(({ ctx, input }) => runConsentFile(ctx.verb, input)),
  cancelFile: keeper.input(fileInput).mutation(({ ctx, input }) => cancelConsentFile(ctx.verb, input)),
  unsuppress: keeper
    .input(removeSuppressionsInput)
    .mutation(({ ctx, input }) => removeSuppressions(ctx.verb, input)),
});
