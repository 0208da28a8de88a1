import { AppError } from "@/server/platform/errors";
import type { Approval, ProviderTemplate, TemplateSubmission } from "../adapter";
import { type TemplateCategory, templateCategories, type WhatsAppTemplateParts } from "../schemas";
import type { TwilioCall } from "./calls";

const MOST_PAGES = 60;

/** The contents of the account that this product can send as WhatsApp templates, with what WhatsApp said of them. */
export async function listTemplates(call: TwilioCall): Promise<ProviderTemplate[]> {
  const found: ProviderTemplate[] = [];
  let path: string | null = "/v1/Content?PageSize=100";
  for (let page = 0; path !== null && page < MOST_PAGES; page++) {
    const answer = await call({ method: "GET", path });
    for (const row of (answer.contents ?? []) as Content[]) {
      const template = await fromTwilio(row, call);
      if (template) found.push(template);
    }
    const next = (answer.meta as { next_page_url?: string | null } | undefined)?.next_page_url;
    path = next ? pathOf(next) : null;
  }
  return found;
}

/** Makes the content and asks for WhatsApp's approval. Twilio's contents cannot be changed: a change is a new one. */
export async function submitTemplate(
  call: TwilioCall,
  template: TemplateSubmission,
): Promise<{ providerId: string; approval: Approval }> {
  const content = await call({
    method: "POST",
    path: "/v1/Content",
    json: {
      friendly_name: template.name,
      language: template.language,
      variables: samplesOf(template.parts),
      types: toTypes(template.parts),
    },
  });
  const providerId = String(content.sid);
  await call({
    method: "POST",
    path: `/v1/Content/${providerId}/ApprovalRequests/whatsapp`,
    json: { name: template.name, category: template.category.toUpperCase() },
  });
  return { providerId, approval: "submitted" };
}

type Content = {
  sid: string;
  friendly_name: string;
  language: string;
  types: Record<string, { body?: string; actions?: Action[]; title?: string; subtitle?: string }>;
};
type Action = { type?: string; title?: string; id?: string; url?: string; phone?: string };
type WhatsAppApproval = { name?: string; category?: string; status?: string; rejection_reason?: string };

async function fromTwilio(row: Content, call: TwilioCall): Promise<ProviderTemplate | null> {
  const parts = toParts(row.types);
  if (!parts) return null;
  const answer = await call({ method: "GET", path: `/v1/Content/${row.sid}/ApprovalRequests` });
  const told = (answer.whatsapp ?? {}) as WhatsAppApproval;
  const category = (told.category ?? "").toLowerCase() as TemplateCategory;
  if (!templateCategories.includes(category)) return null;
  return {
    name: told.name ?? row.friendly_name,
    language: row.language,
    category,
    parts,
    providerId: row.sid,
    approval: approvals[(told.status ?? "").toLowerCase()] ?? "submitted",
    rejection: told.rejection_reason || null,
  };
}

const approvals: Record<string, Approval> = {
  approved: "approved",
  rejected: "rejected",
  paused: "paused",
  disabled: "disabled",
  unsubmitted: "draft",
};

/** Null for contents with parts that cannot be filled here. */
function toParts(types: Content["types"]): WhatsAppTemplateParts | null {
  const [kind] = ["twilio/call-to-action", "twilio/quick-reply", "twilio/text"].filter(
    (name) => name in types,
  );
  const content = kind ? types[kind] : undefined;
  if (!content?.body) return null;
  const count = numbersOf(content.body).length;
  if (numbersOf(content.body).some((number, index) => number !== index + 1)) return null;
  const buttons = (content.actions ?? []).map((action) => toButton(action, count));
  if (buttons.some((button) => button === null)) return null;
  return {
    header: null,
    body: content.body,
    footer: null,
    buttons: buttons.filter((button) => button !== null),
  };
}

type Button = WhatsAppTemplateParts["buttons"][number];

/** Addresses end in their own number here, whatever it is at Twilio: there it goes on after the body's. */
function toButton({ type, title = "", url, phone }: Action, variables: number): Button | null {
  if (url !== undefined) {
    const numbers = numbersOf(url);
    if (numbers.length > 1 || numbers.some((number) => number !== variables + 1)) return null;
    return { kind: "url", label: title, url: url.replace(/\{\{\d+\}\}/, "{{1}}") };
  }
  if (phone !== undefined) return { kind: "phone", label: title, phone };
  return type === undefined || type === "QUICK_REPLY" ? { kind: "quick_reply", label: title } : null;
}

const numbersOf = (text: string): number[] =>
  [...new Set([...text.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => Number(number)))].sort(
    (a, b) => a - b,
  );

function toTypes({ header, body, footer, buttons }: WhatsAppTemplateParts): Content["types"] {
  if (header || footer)
    throw new AppError(
      "UNSUPPORTED",
      "Twilio's templates here have a text and buttons: leave heading and footer out.",
    );
  if (buttons.length === 0) return { "twilio/text": { body } };
  const quick = buttons.filter((button) => button.kind === "quick_reply");
  if (quick.length === buttons.length)
    return {
      "twilio/quick-reply": {
        body,
        actions: quick.map(({ label }, index) => ({
          type: "QUICK_REPLY",
          title: label,
          id: `button_${index + 1}`,
        })),
      },
    };
  if (quick.length > 0)
    throw new AppError(
      "UNSUPPORTED",
      "Twilio allows quick replies or links and numbers, not both in one template.",
    );
  let number = numbersOf(body).length;
  const actions = buttons.map((button): Action => {
    if (button.kind === "phone") return { type: "PHONE_NUMBER", title: button.label, phone: button.phone };
    if (button.kind !== "url") throw new Error("only links and numbers are left");
    const url = button.url.replace("{{1}}", () => `{{${++number}}}`);
    return { type: "URL", title: button.label, url };
  });
  return { "twilio/call-to-action": { body, actions } };
}

/** Twilio wants a sample for everything that is filled. */
function samplesOf({ body, buttons, samples = [] }: WhatsAppTemplateParts): Record<string, string> {
  const ends = buttons.filter((button) => button.kind === "url" && button.url.includes("{{1}}")).length;
  const count = numbersOf(body).length + ends;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [String(index + 1), samples[index] || "sample"]),
  );
}

const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};
