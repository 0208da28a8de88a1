import { type OutboundMessage, senderMailbox } from "@/server/channels";
import { compileBodies, type Renderer } from "@/server/templates";
import { CALLBACK_LINK } from "@/server/templates/schemas";
import { callbackUrl, clickUrl, openUrl, preferencesUrl, shortUrl, unsubscribeUrl } from "./links";
import type { Reading } from "./load-members";
import type { Member } from "./member";
import { encodePublicId } from "./public-id";
import { tagValues } from "./tag-values";
import { targetOf } from "./target";

export type Copy = { ok: true; message: OutboundMessage } | { ok: false; missingTag: string };

type Written = { render: Renderer; target: ReturnType<typeof targetOf> };

/** Makes the copies of one run's messages, each of its variant and in its customer's language; the content is compiled once. */
export async function copier(lease: Reading & { campaignId: string }): Promise<(member: Member) => Copy> {
  const { content, channel } = lease;
  const compiled = compileBodies(content);
  const from = senderMailbox(content.fromName);
  const promotional = content.purpose === "promotional";
  const replyTo = content.branding.replyTo || null;
  const { opens, clicks } = content.tracking;
  // A WhatsApp template's button was approved with our address in it: it has no other way to its target.
  const direct = (index: number) => (clicks || channel === "whatsapp" ? null : compiled.links[index]);
  const written = new Map<unknown, Written>();
  // Without a test there is one variant: what the run says.
  for (const variant of [0, ...content.variants.keys()])
    for (const language of content.languages) {
      const body = compiled.body(channel, language, variant);
      if (body && !written.has(body))
        written.set(body, {
          render: await body.renderer(),
          target: targetOf(content, body.language, lease.circumstances.workspace.locale),
        });
    }
  return (member) => {
    const chosen = written.get(compiled.body(channel, member.language, member.variant));
    if (!chosen) throw new Error(`the run says nothing by ${channel}`);
    const publicId = encodePublicId({ part: lease.part, runNumber: lease.runNumber, seq: member.seq });
    const straight = (index: number) => {
      const url = direct(index);
      return url === CALLBACK_LINK ? callbackUrl(publicId) : url;
    };
    const wayOut = promotional ? unsubscribeUrl(publicId) : null;
    const rendered = chosen.render(tagValues(member, chosen.target.locale, content.attributes), {
      ...chosen.target,
      linkUrl: (index) => straight(index) ?? clickUrl(publicId, content.linkBase + index),
      shortUrl: (index) => straight(index) ?? shortUrl(publicId, content.linkBase + index),
      unsubscribeUrl: wayOut,
      preferencesUrl: preferencesUrl(publicId),
      pixelUrl: opens ? openUrl(publicId) : null,
    });
    if (!rendered.ok) return rendered;
    const message = {
      publicId,
      campaignId: lease.campaignId,
      customerId: member.customerId,
      kind: "campaign" as const,
      to: { name: member.name, address: member.address?.trim() ?? "" },
      content:
        rendered.content.channel === "email"
          ? { ...rendered.content, from, replyTo, unsubscribeUrl: wayOut, attachments: content.attachments }
          : rendered.content,
    };
    return { ok: true, message };
  };
}
