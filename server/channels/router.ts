import { procedureFor, router } from "@/server/trpc/procedures";
import { addAccount } from "./accounts/add-account";
import { changeAccount, setLimits } from "./accounts/change-account";
import { checkConnection } from "./accounts/check-connection";
import { checkDkim, dropDkimKey, makeDkimKey } from "./accounts/dkim";
import { getAccount } from "./accounts/get-account";
import { listAccounts } from "./accounts/list-accounts";
import { sendTest } from "./accounts/send-test";
import {
  archiveAccount,
  makeDefault,
  pauseAccount,
  resumeAccount,
  rotateWebhook,
} from "./accounts/set-status";
import { getTest } from "./accounts/test-events";
import { listPrices } from "./prices/list-prices";
import { removePrice, setPrice } from "./prices/set-price";
import { listFailedReceipts, retryReceipt } from "./receipts/failed-receipts";
import { importRegistry, previewRegistry } from "./registry/import-registry";
import { listRegistryPage } from "./registry/list-page";
import { listRegistry, setProviderId } from "./registry/list-registry";
import { changeScript, getScript } from "./sandbox/change-script";
import { sandboxConfig } from "./sandbox/schemas";
import {
  accountId,
  addAccountInput,
  changeAccountInput,
  checkConnectionInput,
  importRegistryInput,
  limitsInput,
  priceId,
  receiptId,
  registrationInput,
  registryFileInput,
  registryPageInput,
  saveTemplateInput,
  sendTestInput,
  setPriceInput,
  templateId,
  templatePageInput,
  testId,
} from "./schemas";
import { channelEditors, channelReaders } from "./status";
import { getTemplate, listTemplatesPage } from "./whatsapp-templates/list-page";
import { listWhatsAppAccounts, listWhatsAppTemplates } from "./whatsapp-templates/list-templates";
import { deleteTemplate, saveTemplate } from "./whatsapp-templates/save-template";
import { submitTemplate } from "./whatsapp-templates/submit-template";
import { syncTemplates } from "./whatsapp-templates/sync-templates";

const admin = procedureFor(...channelEditors);
/** Whoever builds campaigns sees what carries a message and what it may be made of. */
const builder = procedureFor(...channelReaders, "advisor");
/** Marketers also write new templates. */
const writer = procedureFor(...channelReaders);

/** What carries messages: accounts with providers, prices, WhatsApp templates, the DLT registry. */
export const channelsRouter = router({
  accounts: builder.query(({ ctx }) => listAccounts(ctx.verb)),
  account: admin.input(accountId).query(({ ctx, input }) => getAccount(ctx.verb, input.accountId)),
  addAccount: admin.input(addAccountInput).mutation(({ ctx, input }) => addAccount(ctx.verb, input)),
  changeAccount: admin.input(changeAccountInput).mutation(({ ctx, input }) => changeAccount(ctx.verb, input)),
  checkConnection: admin
    .input(checkConnectionInput)
    .mutation(({ ctx, input }) => checkConnection(ctx.verb, input)),
  setLimits: admin.input(limitsInput).mutation(({ ctx, input }) => setLimits(ctx.verb, input)),
  makeDefault: admin.input(accountId).mutation(({ ctx, input }) => makeDefault(ctx.verb, input.accountId)),
  pauseAccount: admin.input(accountId).mutation(({ ctx, input }) => pauseAccount(ctx.verb, input.accountId)),
  resumeAccount: admin
    .input(accountId)
    .mutation(({ ctx, input }) => resumeAccount(ctx.verb, input.accountId)),
  archiveAccount: admin
    .input(accountId)
    .mutation(({ ctx, input }) => archiveAccount(ctx.verb, input.accountId)),
  rotateWebhook: admin
    .input(accountId)
    .mutation(({ ctx, input }) => rotateWebhook(ctx.verb, input.accountId)),
  makeDkimKey: admin.input(accountId).mutation(({ ctx, input }) => makeDkimKey(ctx.verb, input.accountId)),
  checkDkim: admin.input(accountId).mutation(({ ctx, input }) => checkDkim(ctx.verb, input.accountId)),
  dropDkimKey: admin.input(accountId).mutation(({ ctx, input }) => dropDkimKey(ctx.verb, input.accountId)),
  sendTest: admin.input(sendTestInput).mutation(({ ctx, input }) => sendTest(ctx.verb, input)),
  test: admin.input(testId).query(({ ctx, input }) => getTest(ctx.verb, input.testId)),

  script: admin.query(({ ctx }) => getScript(ctx.verb)),
  changeScript: admin.input(sandboxConfig).mutation(({ ctx, input }) => changeScript(ctx.verb, input)),

  prices: writer.query(({ ctx }) => listPrices(ctx.verb)),
  setPrice: admin.input(setPriceInput).mutation(({ ctx, input }) => setPrice(ctx.verb, input)),
  removePrice: admin.input(priceId).mutation(({ ctx, input }) => removePrice(ctx.verb, input.priceId)),

  registryPage: writer.input(registryPageInput).query(({ ctx, input }) => listRegistryPage(ctx.verb, input)),
  registry: builder.query(({ ctx }) => listRegistry(ctx.verb)),
  previewRegistry: admin
    .input(registryFileInput)
    .mutation(({ ctx, input }) => previewRegistry(ctx.verb, input)),
  importRegistry: admin
    .input(importRegistryInput)
    .mutation(({ ctx, input }) => importRegistry(ctx.verb, input)),
  setProviderId: admin.input(registrationInput).mutation(({ ctx, input }) => setProviderId(ctx.verb, input)),

  templatesPage: writer
    .input(templatePageInput)
    .query(({ ctx, input }) => listTemplatesPage(ctx.verb, input)),
  template: writer.input(templateId).query(({ ctx, input }) => getTemplate(ctx.verb, input.templateId)),
  templates: builder.query(({ ctx }) => listWhatsAppTemplates(ctx.verb)),
  saveTemplate: writer.input(saveTemplateInput).mutation(({ ctx, input }) => saveTemplate(ctx.verb, input)),
  deleteTemplate: writer
    .input(templateId)
    .mutation(({ ctx, input }) => deleteTemplate(ctx.verb, input.templateId)),
  submitTemplate: writer
    .input(templateId)
    .mutation(({ ctx, input }) => submitTemplate(ctx.verb, input.templateId)),
  syncTemplates: writer
    .input(accountId)
    .mutation(({ ctx, input }) => syncTemplates(ctx.verb, input.accountId)),
  whatsappAccounts: writer.query(({ ctx }) => listWhatsAppAccounts(ctx.verb)),

  failedReceipts: admin.query(({ ctx }) => listFailedReceipts(ctx.verb)),
  retryReceipt: admin.input(receiptId).mutation(({ ctx, input }) => retryReceipt(ctx.verb, input.receiptId)),
});
