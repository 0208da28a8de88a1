import type { Sql } from "postgres";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { Attachment, Bodies, FallBack } from "../content";
import type { Audience } from "../schemas";
import type { CampaignStatus } from "../status";

export type CampaignSeed = Partial<{
  name: string;
  status: CampaignStatus;
  type: string;
  goal: string;
  category: string;
  audience: Audience;
  channels: Channel[];
  languages: string[];
  bodies: Bodies;
  attachments: Attachment[];
  fallBack: FallBack;
  /** Of the English e-mail, unless `bodies` are given. */
  subject: string;
  body: string;
  fallbacks: Record<string, string>;
}>;

/** A campaign in any state, sendable unless said otherwise; written with the owner's connection. Returns its id. */
export async function makeCampaign(owner: Sql, ctx: Context, seed: CampaignSeed = {}): Promise<string> {
  const id = newId();
  await owner`insert into campaigns ${owner({
    id,
    workspace_id: ctx.workspaceId,
    name: seed.name ?? "Renewal drive",
    type: seed.type ?? "retention",
    goal: seed.goal ?? "renewal_rate",
    category: seed.category ?? "renewal_reminder",
    status: seed.status ?? "draft",
    audience: owner.json(seed.audience ?? { kind: "all" }),
    channels: seed.channels ?? ["email"],
    languages: seed.languages ?? ["en"],
    bodies: owner.json(
      seed.bodies ?? {
        email: {
          en: {
            subject: seed.subject ?? "Your renewal",
            preheader: "",
            body: seed.body ?? "Hello {{customer_name}}",
          },
        },
      },
    ),
    fall_back: seed.fallBack ? owner.json(seed.fallBack) : null,
    attachments: owner.json(seed.attachments ?? []),
    fallbacks: owner.json(seed.fallbacks ?? {}),
    owner_id: ctx.userId,
  })}`;
  return id;
}

/** Consent of customers for e-mail, as the ledger's present state. */
export async function grantConsent(
  owner: Sql,
  workspaceId: string,
  customerIds: string[],
  purpose: "promotional" | "service" = "service",
): Promise<void> {
  await owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, 'email', ${purpose}, true from unnest(${customerIds}::uuid[]) as t(id)`;
}
