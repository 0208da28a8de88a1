import { AppError } from "@/server/platform/errors";
import type { ProviderClient } from "@/server/platform/provider-client";
import type { Approval, ProviderTemplate, TemplateSubmission } from "../adapter";
import { type TemplateCategory, templateCategories, type WhatsAppTemplateParts } from "../schemas";
import { graph } from "./calls";

type Account = { businessAccountId: string; accessToken: string };

const MOST_PAGES = 60;
const LONGEST_SAMPLE = 200;

/** All templates of the business account that this product can send; others (carousels, flows) are left out. */
export async function listTemplates(client: ProviderClient, account: Account): Promise<ProviderTemplate[]> {
  const found: ProviderTemplate[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({
      fields: "id,name,language,category,status,components,rejected_reason",
      limit: "100",
      ...(after ? { after } : {}),
    });
    const answer = await graph(client, account.accessToken, {
      method: "GET",
      path: `/${account.businessAccountId}/message_templates?${query}`,
    });
    for (const row of (answer.data ?? []) as Row[]) {
      const template = fromMeta(row);
      if (template) found.push(template);
    }
    const paging = answer.paging as { cursors?: { after?: string }; next?: string } | undefined;
    after = paging?.next ? (paging.cursors?.after ?? null) : null;
    if (after === null) return found;
  }
  return found;
}

/** Submits a template for approval, or the new words of one that Meta has. */
export async function submitTemplate(
  client: ProviderClient,
  account: Account,
  template: TemplateSubmission,
): Promise<{ providerId: string; approval: Approval }> {
  const components = toComponents(template.parts);
  if (template.providerId) {
    await graph(client, account.accessToken, {
      method: "POST",
      path: `/${template.providerId}`,
      json: { category: template.category.toUpperCase(), components },
    });
    return { providerId: template.providerId, approval: "submitted" };
  }
  const { id, status } = await graph(client, account.accessToken, {
    method: "POST",
    path: `/${account.businessAccountId}/message_templates`,
    json: {
      name: template.name,
      language: template.language,
      category: template.category.toUpperCase(),
      components,
    },
  });
  return { providerId: String(id), approval: approvalOf(String(status)) };
}

type Row = {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  components?: Component[];
  rejected_reason?: string;
};

type Component = {
  type: string;
  format?: string;
  text?: string;
  buttons?: Button[];
  example?: { body_text?: string[][] };
};
type Button = { type: string; text?: string; url?: string; phone_number?: string };

function fromMeta(row: Row): ProviderTemplate | null {
  const category = row.category.toLowerCase() as TemplateCategory;
  const parts = toParts(row.components ?? []);
  if (!parts || !templateCategories.includes(category)) return null;
  const rejection = row.rejected_reason && row.rejected_reason !== "NONE" ? row.rejected_reason : null;
  return {
    name: row.name,
    language: row.language,
    category,
    parts,
    providerId: row.id,
    approval: approvalOf(row.status),
    rejection,
  };
}

const approvalOf = (status: string): Approval =>
  (
    ({
      APPROVED: "approved",
      REJECTED: "rejected",
      PAUSED: "paused",
      DISABLED: "disabled",
      LIMIT_EXCEEDED: "disabled",
      DELETED: "disabled",
      PENDING_DELETION: "disabled",
      ARCHIVED: "disabled",
    }) as Record<string, Approval>
  )[status] ?? "submitted";

/** Null for a template with parts that cannot be filled here. */
function toParts(components: Component[]): WhatsAppTemplateParts | null {
  const parts: WhatsAppTemplateParts = { header: null, body: "", footer: null, buttons: [] };
  for (const { type, format, text = "", buttons = [], example } of components) {
    if (type === "BODY") {
      parts.body = text;
      const [samples] = example?.body_text ?? [];
      if (samples) parts.samples = samples.map((sample) => sample.slice(0, LONGEST_SAMPLE));
    } else if (type === "FOOTER") parts.footer = text;
    else if (type === "HEADER") {
      const header = headerOf(format, text);
      if (!header) return null;
      parts.header = header;
    } else if (type === "BUTTONS") {
      const known = buttons.map(buttonOf);
      if (known.some((button) => button === null)) return null;
      parts.buttons = known.filter((button) => button !== null);
    } else return null;
  }
  return parts.body === "" || !hasNumberedVariables(parts.body) ? null : parts;
}

function headerOf(format = "TEXT", text: string): WhatsAppTemplateParts["header"] {
  const kind = format.toLowerCase();
  if (kind === "image" || kind === "video" || kind === "document") return { kind };
  // A heading that differs from message to message has no place in the builder.
  return kind === "text" && !text.includes("{{") ? { kind: "text", text } : null;
}

function buttonOf({
  type,
  text = "",
  url,
  phone_number,
}: Button): WhatsAppTemplateParts["buttons"][number] | null {
  if (type === "QUICK_REPLY") return { kind: "quick_reply", label: text };
  if (type === "URL" && url) return { kind: "url", label: text, url };
  if (type === "PHONE_NUMBER" && phone_number) return { kind: "phone", label: text, phone: phone_number };
  return null;
}

const hasNumberedVariables = (body: string): boolean =>
  [...body.matchAll(/\{\{(.*?)\}\}/g)].every(([, name]) => /^\d+$/.test(name ?? ""));

/** Meta wants an example for everything that is filled. */
function toComponents({ header, body, footer, buttons, samples = [] }: WhatsAppTemplateParts): object[] {
  if (header && header.kind !== "text")
    throw new AppError(
      "UNSUPPORTED",
      "A template with a picture, video or document is made in WhatsApp Manager, where its sample is uploaded. Synchronise afterwards.",
    );
  const count = new Set([...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => number)).size;
  const example =
    count > 0
      ? { example: { body_text: [Array.from({ length: count }, (_, at) => samples[at] || "Sample")] } }
      : {};
  return [
    ...(header ? [{ type: "HEADER", format: "TEXT", text: header.text }] : []),
    { type: "BODY", text: body, ...example },
    ...(footer ? [{ type: "FOOTER", text: footer }] : []),
    ...(buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(toButton) }] : []),
  ];
}

function toButton(button: WhatsAppTemplateParts["buttons"][number]): object {
  if (button.kind === "quick_reply") return { type: "QUICK_REPLY", text: button.label };
  if (button.kind === "phone")
    return { type: "PHONE_NUMBER", text: button.label, phone_number: button.phone };
  const example = button.url.includes("{{1}}") ? { example: [button.url.replace("{{1}}", "sample")] } : {};
  return { type: "URL", text: button.label, url: button.url, ...example };
}
