import type { Tone } from "@/components/ui/tone";
import type { WhatsAppTemplateLine } from "@/server/channels/whatsapp-templates/list-templates";

export const approvalLooks: Record<WhatsAppTemplateLine["approval"], { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "neutral" },
  submitted: { label: "In review", tone: "information" },
  approved: { label: "Approved", tone: "good" },
  rejected: { label: "Rejected", tone: "danger" },
  paused: { label: "Paused by Meta", tone: "attention" },
  disabled: { label: "Not usable", tone: "danger" },
};

export const templateCategoryLabels: Record<WhatsAppTemplateLine["category"], string> = {
  marketing: "Marketing",
  utility: "Utility",
  authentication: "Authentication",
};

/** What each category is for, in Meta's sense; it decides price and consent. */
export const templateCategoryHelp: Record<WhatsAppTemplateLine["category"], string> = {
  marketing: "Offers, news, anything that promotes. Goes only to customers who agreed to promotion.",
  utility: "About something the customer has or did: a due premium, a receipt, a claim.",
  authentication: "One-time codes.",
};

/** Why Meta refused it; its codes put into words. */
const rejections: Record<string, string> = {
  ABUSIVE_CONTENT: "Meta found abusive content in it.",
  INCORRECT_CATEGORY: "Meta sees it in another category. Change the category and submit it again.",
  TAG_CONTENT_MISMATCH: "Its language or category does not fit its words.",
  INVALID_FORMAT: "Its form is not allowed: look at variables, samples and buttons.",
  SCAM: "Meta takes it for a scam: say who writes and why.",
  PROMOTIONAL: "It promotes, so it belongs into the category Marketing.",
};

export const rejectionWords = (reason: string): string => rejections[reason] ?? reason;

const names = new Intl.DisplayNames("en-IN", { type: "language" });

/** `hi` → Hindi, `en_US` → American English. */
export function languageLabel(language: string): string {
  try {
    return names.of(language.replace("_", "-")) ?? language;
  } catch {
    return language;
  }
}

/** Languages that are offered for new templates, by Meta's codes. */
export const templateLanguages = [
  "en",
  "hi",
  "mr",
  "gu",
  "bn",
  "ta",
  "te",
  "kn",
  "ml",
  "pa",
  "ur",
  "en_US",
  "en_GB",
] as const;
