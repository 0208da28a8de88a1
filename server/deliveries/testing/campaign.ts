import type { Sql } from "postgres";
import type { Attachment, Bodies, FallBack } from "@/server/campaigns/content";
import type { CampaignCategory } from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { newId } from "@/server/platform/ids";
import { membersBetween } from "../lease";
import { type ExecutionState, highestState } from "../status";

export type LaunchedCampaign = { campaignId: string; runNumber: number };

export type CampaignSeed = Partial<{
  purpose: "promotional" | "service";
  subject: string;
  body: string;
  bodies: Bodies;
  languages: string[];
  attributes: Record<string, string>;
  attachments: Attachment[];
  fallbacks: Record<string, string>;
  audience: { kind: "all" } | { kind: "tier"; tiers: string[] };
  onUnknown: "hold" | "resend";
  category: CampaignCategory;
  channels: Channel[];
  fallBack: FallBack;
  /** Micro-units. */
  budget: bigint;
  ratePerSecond: number;
  recheckAudience: boolean;
}>;

/** A body for each channel: a WhatsApp template and an SMS text as they stand when they are chosen and registered. */
const phoneContent = {
  bodies: {
    whatsapp: { en: { templateId: "renewal", variables: ["{{customer_name}}"] } },
    sms: { en: { text: "", dltTemplateId: "registered", variables: ["{{customer_name}}"] } },
  },
  templates: {
    renewal: {
      name: "renewal_reminder",
      language: "en",
      category: "utility",
      parts: { header: null, body: "Dear {{1}}, your policy is due.", footer: null, buttons: [] },
    },
  },
  registrations: {
    registered: {
      entityId: "1101",
      header: "SURAKS",
      templateId: "1107",
      name: "Renewal",
      category: "service_implicit",
      text: "Dear {#var#}, your policy is due. Suraksha",
    },
  },
};

/** A campaign as `launch` leaves it: active, with a run that is to be frozen. Made with the owner's connection. */
export async function makeLaunchedCampaign(
  owner: Sql,
  workspaceId: string,
  seed: CampaignSeed = {},
): Promise<LaunchedCampaign> {
  const content = {
    channels: seed.channels ?? ["email"],
    languages: seed.languages ?? ["en"],
    category: seed.category ?? (seed.purpose === "promotional" ? "newsletter" : "renewal_reminder"),
    purpose: seed.purpose ?? "service",
    ...phoneContent,
    bodies: seed.bodies ?? {
      ...phoneContent.bodies,
      email: {
        en: {
          subject: seed.subject ?? "Your renewal, {{customer_name}}",
          body: seed.body ?? "Dear {{customer_name}},\n\n[Renew now](https://example.com/renew)",
        },
      },
    },
    fallbacks: seed.fallbacks ?? {},
    attributes: seed.attributes ?? {},
    attachments: seed.attachments ?? [],
    companyName: "Suraksha Insurance",
    fromName: "Suraksha Insurance",
  };
  const campaignId = newId();
  const audience = seed.audience ?? { kind: "all" as const };
  await owner`
    insert into campaigns (id, workspace_id, name, type, goal, status, category, audience, channels, bodies, on_unknown,
      fall_back, budget_micros, rate_per_second, recheck_audience, owner_id)
    values (${campaignId}, ${workspaceId}, 'Renewal drive', 'retention', 'renewal_rate', 'active', ${content.category},
      ${owner.json(audience)}, ${content.channels}, ${owner.json(content.bodies)}, ${seed.onUnknown ?? "hold"},
      ${seed.fallBack ? owner.json(seed.fallBack) : null}, ${seed.budget?.toString() ?? null}, ${seed.ratePerSecond ?? null},
      ${seed.recheckAudience ?? false}, ${newId()})`;
  const [run] = await owner<{ number: number }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, content)
    values (${newId()}, ${workspaceId}, ${campaignId}, 'launch', ${owner.json(content)}) returning number::int as number`;
  if (!run) throw new Error("no run");
  return { campaignId, runNumber: run.number };
}

/** Consent of all of a workspace's customers, in one statement. */
export async function grantConsent(
  owner: Sql,
  workspaceId: string,
  purpose: "promotional" | "service" = "service",
  channels: readonly Channel[] = ["email"],
): Promise<void> {
  await owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, channel, ${purpose}, true from customers, unnest(${channels as string[]}::text[]) as channel
    where workspace_id = ${workspaceId}
    on conflict do nothing`;
}

/** The state of each execution, counted here from raw rows, without the roll-ups and without the database's rank. */
export async function recount(owner: Sql, runNumber: number): Promise<Record<string, number>> {
  const executions = await owner<
    { seq: number }[]
  >`select seq from executions where run_number = ${runNumber}`;
  const results = await owner<{ seq: number; state: ExecutionState }[]>`
    select seq, state from execution_results where run_number = ${runNumber}
    union all select seq, kind from delivery_events
    where run_number = ${runNumber} and kind in ('delivered', 'read', 'bounced', 'failed')`;
  const states = new Map<number, ExecutionState[]>(executions.map(({ seq }) => [seq, []]));
  for (const { seq, state } of results) states.get(seq)?.push(state);
  for (const seq of await inHand(owner, runNumber)) states.get(seq)?.push("sending");
  const counts: Record<string, number> = { targeted: executions.length };
  for (const list of states.values()) {
    const state = highestState(list);
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** Members that a worker may have handed over: before the cursor of an open batch, without a result there. */
async function inHand(owner: Sql, runNumber: number): Promise<number[]> {
  const batches = await owner<{ number: number; first: number; seqs: number[] | null; cursor: number }[]>`
    select batch_number as number, first_seq as first, seqs, cursor from execution_batches
    where run_number = ${runNumber} and status = 'open' and cursor > 0`;
  const results = await owner<{ seq: number; batch: number }[]>`
    select seq, batch_number as batch from execution_results where run_number = ${runNumber}`;
  const done = new Set(results.map(({ seq, batch }) => `${batch} ${seq}`));
  return batches.flatMap(({ number, first, seqs, cursor }) =>
    membersBetween({ firstSeq: first, seqs }, 0, cursor).filter((seq) => !done.has(`${number} ${seq}`)),
  );
}
