import { type OutboundMessage, senderMailbox } from "@/server/channels";
import { type CompiledMessage, compileMessage, tagValues } from "@/server/templates";
import { clickUrl, openUrl, unsubscribeUrl } from "@/server/tracking";
import type { Lease } from "./lease";
import type { Member } from "./load-members";
import { encodePublicId } from "./public-id";

export type Copy = { ok: true; message: OutboundMessage } | { ok: false; missingTag: string };

/** Makes the copies of one run's message; the content is compiled once. */
export function copier(lease: Lease): (member: Member) => Copy {
  const { content } = lease;
  const compiled: CompiledMessage = compileMessage(content);
  const from = senderMailbox(content.fromName);
  const promotional = content.purpose === "promotional";
  return (member) => {
    const publicId = encodePublicId({ part: lease.part, runNumber: lease.runNumber, seq: member.seq });
    const wayOut = promotional ? unsubscribeUrl(publicId) : null;
    const rendered = compiled.render(tagValues(member, lease.workspace.locale), {
      linkUrl: (index) => clickUrl(publicId, index),
      unsubscribeUrl: wayOut,
      pixelUrl: openUrl(publicId),
      company: { companyName: content.companyName },
    });
    if (!rendered.ok) return rendered;
    const message = {
      publicId,
      campaignId: lease.campaignId,
      customerId: member.customerId,
      kind: "campaign" as const,
      from,
      to: { name: member.name, address: member.address?.trim() ?? "" },
      subject: rendered.subject,
      html: rendered.html,
      text: rendered.text,
      unsubscribeUrl: wayOut,
    };
    return { ok: true, message };
  };
}
