import type { OwnProvider } from "@/server/channels/schemas";

/** One setting of a provider, and where a person finds it. */
export type ProviderField = {
  name: string;
  label: string;
  /** Where to find it, in the provider's own words. */
  help: string;
  secret?: boolean;
  optional?: boolean;
  /** One of these; else free text. */
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
  initial?: string;
  /** Numbers and keys are read more easily in fixed width. */
  mono?: boolean;
};

/** The settings of each provider, in the order in which its console shows them. */
export const providerFields: Record<OwnProvider, readonly ProviderField[]> = {
  meta: [
    {
      name: "phoneNumberId",
      label: "Phone number id",
      help: "Meta for Developers › your app › WhatsApp › API setup. It stands under “From”, and is not the number itself.",
      placeholder: "106540352242922",
      mono: true,
    },
    {
      name: "businessAccountId",
      label: "WhatsApp Business account id",
      help: "On the same page, beside the phone number id.",
      placeholder: "419561257915477",
      mono: true,
    },
    {
      name: "accessToken",
      label: "Access token",
      help: "Business settings › System users › Generate token, with whatsapp_business_messaging and whatsapp_business_management. A token of the API setup page ends after a day.",
      secret: true,
    },
    {
      name: "appSecret",
      label: "App secret",
      help: "Your app › App settings › Basic › App secret. It proves that what comes in was posted by Meta.",
      secret: true,
    },
  ],
  twilio: [
    {
      name: "accountSid",
      label: "Account SID",
      help: "On the first page of the Twilio console, under “Account info”. It begins with AC.",
      placeholder: "AC…",
      mono: true,
    },
    {
      name: "authToken",
      label: "Auth token",
      help: "Below the account SID; press “Show”. It also proves that what comes in was posted by Twilio.",
      secret: true,
    },
    {
      name: "from",
      label: "Number or sender name",
      help: "Phone numbers › Active numbers, with its country code. Leave it empty when a messaging service chooses the number.",
      placeholder: "+14155552345",
      optional: true,
    },
    {
      name: "messagingServiceSid",
      label: "Messaging service SID",
      help: "Messaging › Services. It begins with MG. Needed only where there is no number above.",
      placeholder: "MG…",
      optional: true,
      mono: true,
    },
  ],
  msg91: [
    {
      name: "entityId",
      label: "Principal entity id",
      help: "19 digits, on your DLT portal (Jio, Vi, Airtel, BSNL …) under your company's profile.",
      placeholder: "1101234567890123456",
      mono: true,
    },
    {
      name: "authKey",
      label: "Auth key",
      help: "MSG91 panel › your name › Authkey. Allow the address of this installation there where IP security is on.",
      secret: true,
    },
  ],
  smtp: [
    {
      name: "host",
      label: "Server",
      help: "Your mail provider calls it “SMTP server” or “outgoing server”.",
      placeholder: "smtp.example.com",
    },
    {
      name: "port",
      label: "Port",
      help: "Usually 587 with STARTTLS, 465 with TLS.",
      initial: "587",
      mono: true,
    },
    {
      name: "security",
      label: "Security",
      help: "STARTTLS begins plain and becomes secure; TLS is secure from the first byte.",
      options: [
        { value: "starttls", label: "STARTTLS" },
        { value: "tls", label: "TLS" },
      ],
      initial: "starttls",
    },
    {
      name: "user",
      label: "User",
      help: "Often the whole e-mail address. Empty where the server asks for none.",
      optional: true,
    },
    {
      name: "password",
      label: "Password",
      help: "Many providers want an “app password” here, not the one that you sign in with.",
      secret: true,
      optional: true,
    },
    {
      name: "fromAddress",
      label: "From address",
      help: "What readers see as the sender. Your domain must allow this server in its SPF and DKIM records.",
      placeholder: "care@example.com",
    },
  ],
};

/** What a provider is chosen for. */
export const providerPitches: Record<OwnProvider, string> = {
  meta: "Straight to Meta, without a company between. Templates can be written and submitted here.",
  twilio: "One contract for SMS and WhatsApp in many countries.",
  msg91: "SMS to Indian numbers, with the entity, headers and texts of your DLT registry.",
  smtp: "Any mail server: your own, Amazon SES, Google Workspace, Zoho, Postmark …",
};

/** How the provider is told where to post what becomes of messages. */
export const webhookSteps: Record<"meta" | "twilio" | "msg91", readonly string[]> = {
  meta: [
    "Open Meta for Developers › your app › WhatsApp › Configuration, and press “Edit” at Webhook.",
    "Paste the callback URL and the verify token from here, then press “Verify and save”.",
    "Under “Webhook fields” subscribe to messages, message_template_status_update and user_preferences.",
  ],
  twilio: [
    "Nothing to do for deliveries: each message carries this address.",
    "For replies and STOP open your number, or the messaging service › Integration.",
    "Paste the address at “A message comes in”, with HTTP POST.",
  ],
  msg91: [
    "Open the MSG91 panel › Webhook (new), and create one for SMS.",
    "Paste the address, and choose the event “On report received”.",
    "The key in the address proves that a call is MSG91's: keep the address to yourself.",
  ],
};
