import type { Sql } from "postgres";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { Attachment, Bodies, FallBack } from "../content";
import type { Audience, Schedule } from "../schemas";
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
  schedule: Schedule;
  /** Whoever else than the asker owns it. */
  ownerId: string;
}>;

/** A time that every test's clock has ahead of it. */
export const farAhead: Schedule = { kind: "later", day: "2099-01-01", time: "10:00", clock: "workspace" };

/** Sent on 27 November 2026 at half past ten. */
export const later = (over: Partial<Extract<Schedule, { kind: "later" }>> = {}): Schedule => ({
  kind: "later",
  day: "2026-11-27",
  time: "10:30",
  clock: "workspace",
  ...over,
});
/** Sent every day at half past ten. */
export const daily = (over: Partial<Extract<Schedule, { kind: "recurring" }>> = {}): Schedule => ({
  kind: "recurring",
  every: "day",
  weekdays: [],
  monthDay: 1,
  time: "10:30",
  clock: "workspace",
  from: null,
  until: null,
  times: null,
  ...over,
});

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
    schedule: owner.json(seed.schedule ?? { kind: "now" }),
    owner_id: seed.ownerId ?? ctx.userId,
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
