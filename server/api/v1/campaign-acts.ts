import { z } from "zod";
import { getTestAddresses } from "@/server/auth/test-addresses";
import { getCampaign, launchCampaign } from "@/server/campaigns";
import { cancelCampaign } from "@/server/campaigns/cancel";
import { cloneCampaign } from "@/server/campaigns/clone";
import { pauseCampaign } from "@/server/campaigns/pause";
import { resumeCampaign } from "@/server/campaigns/resume";
import { scheduleCampaign } from "@/server/campaigns/schedule";
import { sendCampaignTest } from "@/server/campaigns/send-test";
import { campaignBuilders, campaignStatuses } from "@/server/campaigns/status";
import { channels } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { campaign } from "./campaign-schema";
import { readCampaign } from "./campaigns";
import { staleAs, versionFor } from "./if-match";
import { type Call, operation } from "./operation";

const moved = z.object({
  campaign_id: z.uuid(),
  campaign_name: z.string(),
  status: z.enum(campaignStatuses),
  scheduled_at: z.string().nullable(),
});

async function standing(ctx: Context, id: string, said: string) {
  const { name, status, dueAt } = await getCampaign(ctx, { id });
  const data = {
    campaign_id: id,
    campaign_name: name,
    status,
    scheduled_at: dueAt?.toISOString() ?? null,
  };
  return { data, message: `“${name}” ${said}.` };
}

type Act = {
  path: string;
  summary: string;
  said: string;
  verb: (call: Call, id: string) => Promise<unknown>;
};

const act = (id: string, { path, summary, said, verb }: Act) =>
  operation({
    id,
    method: "POST",
    path: `/campaigns/{id}/${path}`,
    scope: "campaigns:write",
    roles: campaignBuilders,
    summary,
    status: 200,
    tagged: path === "launch",
    data: moved,
    handle: async (call) => {
      const { id: campaignId = "" } = call.params;
      await verb(call, campaignId);
      return standing(call.ctx, campaignId, said);
    },
  });

export const launch = act("launchCampaign", {
  path: "launch",
  summary:
    "Launch a draft, or put it on its schedule; 409 approval_required where an approver has to agree first",
  said: "was launched",
  verb: async ({ ctx, ifMatch }, id) => {
    const { version: now, schedule } = await getCampaign(ctx, { id });
    const version = versionFor(now, ifMatch);
    const timed = schedule.kind === "later" || schedule.kind === "recurring";
    await (timed ? scheduleCampaign : launchCampaign)(ctx, { id, version }).catch(staleAs(ifMatch));
  },
});
export const pause = act("pauseCampaign", {
  path: "pause",
  summary: "Pause a campaign that is active: nothing leaves until it is resumed",
  said: "is paused",
  verb: ({ ctx }, id) => pauseCampaign(ctx, { id }),
});
export const resume = act("resumeCampaign", {
  path: "resume",
  summary: "Resume a paused campaign",
  said: "goes on",
  verb: ({ ctx }, id) => resumeCampaign(ctx, { id }),
});
export const cancel = act("cancelCampaign", {
  path: "cancel",
  summary: "Cancel a campaign: what was not sent is never sent",
  said: "was cancelled",
  verb: ({ ctx }, id) => cancelCampaign(ctx, { id }),
});

export const clone = operation({
  id: "cloneCampaign",
  method: "POST",
  path: "/campaigns/{id}/clone",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Begin a draft that says the same; results stay behind",
  status: 201,
  data: campaign,
  handle: async ({ ctx, params: { id = "" } }) => {
    const made = await cloneCampaign(ctx, { id });
    const { data, etag } = await readCampaign(ctx, made.id);
    return { data, etag, message: `“${data.campaign_name}” is a draft now.` };
  },
});

export const sendTest = operation({
  id: "testCampaign",
  method: "POST",
  path: "/campaigns/{id}/test",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Send one message of a campaign to an address of your own, with the values of one customer",
  status: 202,
  bodyOptional: true,
  body: z.strictObject({
    /** The campaign's first unless another is named. */
    channel: z.enum(channels).optional(),
    language: z.string().max(20).optional(),
    /** Of an A/B test: its place, the first is 0. */
    variant: z.number().int().min(0).max(4).optional(),
    /** An address or a number; a person's own test address unless it is said. */
    to: z.string().trim().min(3).max(254).optional(),
    customer_id: z.uuid().optional(),
  }),
  example: { channel: "email", to: "me@example.com" },
  data: z.object({ test_id: z.uuid(), channel: z.enum(channels) }),
  handle: async ({ ctx, params: { id = "" }, body }) => {
    const { channels: own, languages } = await getCampaign(ctx, { id });
    const channel = body.channel ?? own[0] ?? "email";
    const { testId } = await sendCampaignTest(ctx, {
      id,
      channel,
      language: body.language ?? languages[0] ?? "en",
      variant: body.variant,
      to: body.to ?? (await ownAddress(ctx, channel)),
      customerId: body.customer_id,
    });
    return { data: { test_id: testId, channel }, message: "The test is on its way." };
  },
});

async function ownAddress(ctx: Context, channel: (typeof channels)[number]): Promise<string> {
  const own = ctx.userId ? await getTestAddresses(ctx) : { email: "", phone: "" };
  const address = channel === "email" ? own.email : own.phone;
  if (address) return address;
  throw new AppError("BAD_INPUT", "Say in `to` where the test should go.", { field: "to" });
}
