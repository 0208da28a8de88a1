import { may, type Rows } from "../table";

const account = { accountId: "@account" };
const config = { accountSid: `AC${"0".repeat(32)}`, from: "+14155552345" };
const secrets = { authToken: "a".repeat(20) };
const sms = { channel: "sms", provider: "twilio", config };
const registry = { content: "no,table", entityId: "" };
const response = { responseId: "@response" };
const message = { messageId: "@message" };
const template = {
  ...{ name: "renewal_reminder", language: "en", category: "utility" },
  parts: { header: null, body: "Dear customer, it renews soon.", footer: null, buttons: [] },
};

/** What carries messages, what came back, and the sandbox in which all of it can be looked at. */
export const channelRows: Rows = {
  "channels.accounts": may("amv"),
  "channels.account": may("a", account),
  "channels.addAccount": may("a", { ...sms, name: "Twilio", secrets }),
  "channels.changeAccount": may("a", { ...account, name: "Twilio", config, secrets }),
  // Without the secrets nobody is asked over the network.
  "channels.checkConnection": may("a", { accountId: null, ...sms, secrets: {} }, { gives: "BAD_REQUEST" }),
  "channels.setLimits": may("a", { ...account, ratePerSecond: 5, dailyLimit: null }),
  "channels.makeDefault": may("a", account),
  "channels.pauseAccount": may("a", account),
  "channels.resumeAccount": may("a", account),
  "channels.archiveAccount": may("a", { accountId: "@new-account" }),
  // Twilio signs what it posts: there is no key in the address.
  "channels.rotateWebhook": may("a", account, { gives: "UNSUPPORTED_MEDIA_TYPE" }),
  // Only mail is signed: an account for SMS has no key.
  "channels.makeDkimKey": may("a", account, { gives: "CONFLICT" }),
  "channels.checkDkim": may("a", account, { gives: "CONFLICT" }),
  "channels.dropDkimKey": may("a", account, { gives: "CONFLICT" }),
  "channels.sendTest": may("a", { ...account, to: "not a number" }, { gives: "BAD_REQUEST" }),
  "channels.test": may("a", { testId: "@campaign-test" }),
  "channels.script": may("a"),
  "channels.changeScript": may("a", {}),
  "channels.prices": may("am"),
  "channels.setPrice": may("a", {
    ...{ channel: "sms", provider: "twilio", category: "service", country: "IN", price: "0.5" },
    ...{ currency: "INR", tax: "18", validFrom: "2027-01-01" },
  }),
  "channels.removePrice": may("a", { priceId: "@new-price" }),
  "channels.registryPage": may("am", {}),
  "channels.registry": may("amv"),
  "channels.previewRegistry": may("a", registry, { gives: "BAD_REQUEST" }),
  "channels.importRegistry": may("a", registry, { gives: "BAD_REQUEST" }),
  "channels.setProviderId": may("a", { registrationId: "@registration", providerId: "flow-1" }),
  "channels.templatesPage": may("am", {}),
  "channels.template": may("am", { templateId: "@message-template" }),
  "channels.templates": may("amv"),
  "channels.saveTemplate": may("am", {
    templateId: "@message-template",
    accountId: "@meta-account",
    ...template,
  }),
  "channels.deleteTemplate": may("am", { templateId: "@new-message-template" }),
  "channels.submitTemplate": may("am", { templateId: "@approved-message-template" }, { gives: "CONFLICT" }),
  // An account for SMS has none to fetch.
  "channels.syncTemplates": may("am", account, { gives: "UNSUPPORTED_MEDIA_TYPE" }),
  "channels.whatsappAccounts": may("am"),
  "channels.failedReceipts": may("a"),
  "channels.retryReceipt": may("a", { receiptId: "@new-receipt" }),

  "responses.list": may("ams", {}),
  "responses.get": may("ams", response),
  "responses.assignees": may("ams"),
  "responses.assign": may(
    "ams",
    { responseIds: ["@response"], assigneeId: "@supervisor" },
    // Many at once: those of others are passed over.
    { foreign: { response: "OK" } },
  ),
  "responses.mayAnswer": may("ams", response),
  "responses.answer": may(
    "ams",
    { ...response, key: "0".repeat(32), subject: "Your question", text: "Here it is.", handled: true },
    { gives: "CONFLICT" },
  ),
  "responses.correct": may("am", { ...response, class: "question" }),
  "responses.setHandled": may("ams", { responseIds: ["@response"], handled: true }, { foreign: "OK" }),
  "responses.saveNote": may("ams", { ...response, note: "Called back." }),

  "inbox.list": may("am", { customerId: "@customer" }, { foreign: "OK" }),
  "inbox.counts": may("am"),
  "inbox.get": may("am", { id: "@message" }),
  "inbox.conversation": may("am", message),
  "inbox.readConversation": may("am", message),
  "inbox.markRead": may("am", { id: "@message" }),
  "inbox.reply": may("am", { ...message, text: "Thank you", replyId: "@new-uuid" }),
  "inbox.markAllRead": may("am"),
};
