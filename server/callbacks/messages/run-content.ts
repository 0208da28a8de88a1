import type { Transaction } from "@/db/transaction";
import { ownWorkspace, snapshotOf } from "@/server/campaigns";
import { type Bodies, type RunContent, runContentSchema, trackingSchema } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { type Context, systemContext } from "@/server/platform/context";
import { readTemplateMessage } from "@/server/template-library";
import { compileBodies, type PlacedProblem } from "@/server/templates";

/** Words of a message: a template of the library, an e-mail, or both. */
export type MessageWords = { templateId: string | null; subject: string | null; body: string | null };

/**
 * What a message says, as a run freezes it, with what would have to be mended first. The template's channels go before the
 * e-mail of its own words, which reaches whom they do not. @throws AppError NOT_FOUND; BAD_INPUT while a button of the template leads nowhere
 */
export async function contentOf(
  tx: Transaction,
  ctx: Context,
  { templateId, subject, body }: MessageWords & { kind: string },
): Promise<{ content: RunContent; problems: PlacedProblem[] }> {
  const workspace = await ownWorkspace(tx, ctx);
  const template = templateId === null ? null : await readTemplateMessage(tx, systemOf(ctx), templateId);
  const bodies: Bodies = { ...template?.bodies };
  const channels: Channel[] = [...(template?.channels ?? [])];
  const languages = template?.languages ?? ["en"];
  if (!bodies.email && subject !== null && body !== null)
    bodies.email = { [languages[0] ?? "en"]: { subject, preheader: "", body } };
  if (bodies.email && !channels.includes("email")) channels.push("email");
  const snapshot = await snapshotOf(
    tx,
    ctx,
    {
      name: "Callback messages",
      category: "policy_service",
      channels,
      languages,
      bodies,
      fallbacks: template?.fallbacks ?? {},
      attachments: [],
      utm: null,
      tracking: trackingSchema.parse({}),
      senderName: null,
    },
    // A call is no visit to a website: its links carry no parameters.
    { ...workspace, utm: null },
  );
  const content = runContentSchema.parse({ ...snapshot, category: "callback", purpose: "service" });
  return { content, problems: compileBodies(content).problems };
}

/** Templates are chosen by whoever set the message up; who causes it needs no right to them. */
const systemOf = (ctx: Context): Context => systemContext(ctx.workspaceId);
