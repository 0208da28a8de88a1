import { procedureFor, router } from "@/server/trpc/procedures";
import { checkAccount } from "./accounts/check-account";
import { readSetup } from "./accounts/list-accounts";
import { saveAccount } from "./accounts/save-account";
import { archiveAccount, pauseAccount, resumeAccount } from "./accounts/set-status";
import { removeLine, saveLine } from "./line";
import { changeRules } from "./rules";
import {
  accountIdInput,
  checkAccountInput,
  lineInput,
  purposeInput,
  rulesInput,
  saveAccountInput,
  topicInput,
} from "./schemas";
import { telephonyEditors, telephonyReaders } from "./status";
import { changeTopic, listTopics } from "./topics";

const admin = procedureFor(...telephonyEditors);
const reader = procedureFor(...telephonyReaders);

/** Providers that bridge calls, the numbers that customers see, and what is said about a topic. */
export const telephonyRouter = router({
  setup: reader.query(({ ctx }) => readSetup(ctx.verb)),
  topics: reader.query(({ ctx }) => listTopics(ctx.verb)),
  check: admin.input(checkAccountInput).mutation(({ ctx, input }) => checkAccount(ctx.verb, input)),
  saveAccount: admin.input(saveAccountInput).mutation(({ ctx, input }) => saveAccount(ctx.verb, input)),
  pauseAccount: admin
    .input(accountIdInput)
    .mutation(({ ctx, input }) => pauseAccount(ctx.verb, input.accountId)),
  resumeAccount: admin
    .input(accountIdInput)
    .mutation(({ ctx, input }) => resumeAccount(ctx.verb, input.accountId)),
  archiveAccount: admin
    .input(accountIdInput)
    .mutation(({ ctx, input }) => archiveAccount(ctx.verb, input.accountId)),
  saveLine: admin.input(lineInput).mutation(({ ctx, input }) => saveLine(ctx.verb, input)),
  removeLine: admin.input(purposeInput).mutation(({ ctx, input }) => removeLine(ctx.verb, input)),
  changeRules: admin.input(rulesInput).mutation(({ ctx, input }) => changeRules(ctx.verb, input)),
  changeTopic: admin.input(topicInput).mutation(({ ctx, input }) => changeTopic(ctx.verb, input)),
});
