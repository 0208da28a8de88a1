import type { CampaignCategory, CampaignGoal, CampaignType } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import type { LinkKey } from "../schemas";

/** What a built-in template says in one language. `{button}` and `{link}` stand for the address of `link`. */
export type Words = {
  subject: string;
  preheader: string;
  /** Paragraphs of the mail between greeting and signature. */
  email: string;
  /** On the button of the mail and of the WhatsApp message: at most 25 characters. */
  button: string;
  sms: string;
  /** The WhatsApp message after the greeting. */
  whatsapp: string;
};

/** A template of the built-in library, as its writer keeps it; `make.ts` turns it into content. */
export type BuiltIn = {
  key: string;
  name: string;
  description: string;
  category: CampaignCategory;
  type: CampaignType;
  goal: CampaignGoal;
  /** In order of preference; all three unless something else suits the purpose. */
  channels?: readonly Channel[];
  link: LinkKey;
  /** Offers "Please call me" beside the button. */
  callMe?: boolean;
  words: { en: Words; hi: Words };
};
