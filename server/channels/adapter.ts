import type { ProviderEvent } from "./provider-event";
import type { TemplateCategory, WhatsAppTemplateParts } from "./schemas";

/** One message, rendered, for one recipient. */
export type OutboundMessage<Content extends MessageContent = MessageContent> = {
  /** The execution's public id; travels with the message and comes back with what happens to it. */
  publicId: string;
  campaignId: string | null;
  customerId: string | null;
  kind: "campaign" | "test" | "system";
  /** The address is an e-mail address, or a number in E.164, as the channel asks. */
  to: Mailbox;
  content: Content;
};

export type MessageContent = EmailContent | SmsContent | WhatsAppContent;

export type EmailContent = {
  channel: "email";
  from: Mailbox;
  /** Where answers go; absent or null: to the sender. */
  replyTo?: string | null;
  subject: string;
  html: string | null;
  text: string;
  /** RFC 8058 one-click address; null for messages that are not promotional. */
  unsubscribeUrl: string | null;
  /** Files of the data directory or the bucket; the adapter reads them when it sends. */
  attachments: readonly { fileId: string; name: string; mediaType: string }[];
};

export type SmsContent = {
  channel: "sms";
  text: string;
  /** What the provider charges: GSM-7 160/153, UCS-2 70/67 (`specs/sms_segments.json`). */
  parts: number;
  /** The registered text that this is, for Indian numbers; null elsewhere. */
  dlt: { entityId: string; header: string; templateId: string; variables: readonly string[] } | null;
};

export type WhatsAppContent = {
  channel: "whatsapp";
  /** The message as its reader sees it; all there is of it inside the 24 h window. */
  text: string;
  /** Null: free text, allowed only inside the 24 h window. */
  template: {
    name: string;
    language: string;
    category: TemplateCategory;
    variables: readonly string[];
    header: { kind: "image" | "document" | "video"; fileId: string } | null;
    /** Words above and below the text, which the template itself says: for those who show the message. */
    title: string | null;
    footer: string | null;
    /**
     * `value`: what pressing it means to the reader: the words, the whole address, the number. `parameter`: what fills the
     * template's own `{{1}}` there; null for a button without one.
     */
    buttons: readonly {
      kind: "quick_reply" | "url" | "phone";
      label: string;
      value: string;
      parameter: string | null;
    }[];
  } | null;
};

/** Whether a message is an e-mail. */
export const isMail = (message: OutboundMessage): message is OutboundMessage<EmailContent> =>
  message.content.channel === "email";

export type Mailbox = { name: string; address: string };

/** What one attempt came to, by the classes of delivery.md. */
export type SendOutcome =
  | { kind: "accepted"; delivered: boolean; providerMessageId: string | null }
  /** Final for this address or message. `suppress`: the address itself is dead. */
  | { kind: "failed"; reason: FailureReason; detail: string; suppress: boolean }
  /** Not taken now; the message may go again after a while (the provider's hint, when it gave one). */
  | { kind: "again"; reason: "throttled" | "temporary" | "not_now"; detail: string; afterMs: number | null }
  /** The provider may have taken it, and its answer is lost. Never sent again blindly. */
  | { kind: "unknown"; reason: "answer_lost"; detail: string }
  /**
   * Something is set up wrongly: nothing is burnt, a person has to mend it. `sentence` is for that person; `begun` says
   * whether this message was refused itself, or never handed over. `scope`: the account (pause it, whatever is sent with
   * it), or what this campaign sends (its template; pause the campaign).
   */
  | {
      kind: "configuration";
      scope: "account" | "content";
      detail: string;
      sentence: string;
      begun: boolean;
    }
  /**
   * What this campaign sends cannot be had now (a file, while the storage is away); the message was not handed over, and the
   * account is none the worse for it. `why`: in words that go in brackets.
   */
  | { kind: "unprepared"; why: string }
  /** The channel could not be reached; the message was not handed over. */
  | { kind: "unreachable"; detail: string; sentence: string }
  /** `start` said no: the provider never saw it. */
  | { kind: "not_started" };

/** `opted_out`: the consent is withdrawn as well. `window_closed`: free text outside WhatsApp's 24 h window. */
export type FailureReason = "address_refused" | "rejected" | "gave_up" | "opted_out" | "window_closed";

export type SendHooks = {
  /**
   * Called at the last moment before the provider could see message `index`, in the order of the messages. False: it is
   * not sent, and neither are those after it.
   */
  start: (index: number) => boolean;
  /** Called as soon as the outcome of message `index` is known, before anything else is done for it. */
  finish: (index: number, outcome: SendOutcome) => void;
};

/** A way to deliver messages. Each adapter is one folder and passes one contract suite (`contract.ts`). */
export type ChannelAdapter = {
  name: string;
  /** True: sending the same public id twice delivers once, so a lost answer is repaired by sending again. */
  idempotent: boolean;
  /** Messages at once over all callers, and what the provider takes in a second unless the account says otherwise. */
  limits: { connections: number; perSecond: number | null };
  /**
   * Sends messages of one workspace. Resolves with one outcome for each, in order, when all are known; never rejects for
   * what a provider says or fails to say.
   */
  send: (workspaceId: string, messages: OutboundMessage[], hooks: SendHooks) => Promise<SendOutcome[]>;
  /** Ends its connections. */
  close: () => Promise<void>;
  /** What the provider posts to us afterwards; absent where it posts nothing. */
  webhooks?: {
    /**
     * Whether the call is the provider's: its signature over the raw bytes, compared in constant time.
     * @throws BrokenAccount while the account cannot be set up
     */
    verify: (request: Omit<WebhookRequest, "receivedAt">) => boolean;
    /**
     * @throws BrokenAccount while the account cannot be set up
     * @throws Error for bytes that the provider cannot have meant; the receipt stays and says so
     */
    parse: (request: WebhookRequest) => ProviderEvent[];
  };
  /** Asks the provider whether the account works, without sending anything; absent where it cannot be asked. */
  check?: () => Promise<CheckResult>;
  /** The message templates that the provider has to approve; absent where it approves none. */
  templates?: {
    /** @throws AppError with the provider's words */
    list: () => Promise<ProviderTemplate[]>;
    /** Submits a new one, or a changed one that has a provider's id. @throws AppError with the provider's words */
    submit: (template: TemplateSubmission) => Promise<{ providerId: string; approval: Approval }>;
  };
};

/** A provider's call, as it came. `url` is the address that the provider was given, with its query. */
export type WebhookRequest = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** By the database's clock: for providers that do not say when it happened. */
  receivedAt: Date;
};

export type CheckResult =
  /** `facts`: what the provider says of the account, in words. `found`: what it knows better than the form. */
  { ok: true; facts: string[]; found?: Record<string, string> } | { ok: false; sentence: string };

export type Approval = "draft" | "submitted" | "approved" | "rejected" | "paused" | "disabled";

export type TemplateSubmission = {
  name: string;
  language: string;
  category: TemplateCategory;
  parts: WhatsAppTemplateParts;
  providerId: string | null;
};

export type ProviderTemplate = TemplateSubmission & {
  providerId: string;
  approval: Approval;
  rejection: string | null;
};
