import { z } from "zod";
import type { Context } from "@/server/platform/context";
import { stateOf } from "@/server/platform/state";
import { changeSettings } from "@/server/workspaces/change-settings";
import { getSettings } from "@/server/workspaces/get-settings";
import { changeSettingsInput } from "@/server/workspaces/schemas";
import { staleAs } from "./if-match";
import { operation } from "./operation";

const { name, timeZone, approvalRequired } = changeSettingsInput.shape;
const settings = z.object({
  workspace_name: z.string(),
  time_zone: z.string(),
  /** Launching needs an approver's word. */
  approval_required: z.boolean(),
});

async function read(ctx: Context) {
  const now = await getSettings(ctx);
  const data = {
    workspace_name: now.name,
    time_zone: now.timeZone,
    approval_required: now.approvalRequired,
  };
  return { data, etag: stateOf(now) };
}

export const readSettings = operation({
  id: "getSettings",
  method: "GET",
  path: "/settings",
  scope: "settings:read",
  roles: ["admin"],
  summary: "The workspace's name, time zone and whether launches need approval",
  status: 200,
  tagged: true,
  data: settings,
  handle: async ({ ctx }) => ({ ...(await read(ctx)), message: "The settings as they stand." }),
});

export const patchSettings = operation({
  id: "changeSettings",
  method: "PATCH",
  path: "/settings",
  scope: "settings:write",
  roles: ["admin"],
  summary: "Change settings of the workspace; what is left out stays as it is",
  status: 200,
  tagged: true,
  body: z
    .strictObject({ workspace_name: name, time_zone: timeZone, approval_required: approvalRequired })
    .partial(),
  example: { approval_required: true },
  data: settings,
  handle: async ({ ctx, body, ifMatch }) => {
    const { workspace_name: name, time_zone: timeZone, approval_required: approvalRequired } = body;
    await changeSettings(ctx, { name, timeZone, approvalRequired }, { state: ifMatch }).catch(
      staleAs(ifMatch),
    );
    return { ...(await read(ctx)), message: "The settings were changed." };
  },
});
