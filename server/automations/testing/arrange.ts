import type { z } from "zod";
import { type Schedule, scheduleSchema } from "@/server/campaigns/schemas";
import type { triggerSchema } from "../schemas";

type Automated = Extract<Schedule, { kind: "automated" }>;

/** A schedule of these triggers, at half past ten on the workspace's clock. */
export const automated = (
  triggers: z.input<typeof triggerSchema>[],
  over: Partial<Automated> = {},
): Schedule =>
  scheduleSchema.parse({ kind: "automated", triggers, time: "10:30", clock: "workspace", ...over });
