import { campaignsRouter } from "@/server/campaigns/router";
import { inboxRouter } from "@/server/inbox/router";
import { realtimeRouter } from "@/server/realtime/router";
import { trackingRouter } from "@/server/tracking/router";
import { router } from "./procedures";

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  inbox: inboxRouter,
  campaigns: campaignsRouter,
  realtime: realtimeRouter,
  tracking: trackingRouter,
});

export type AppRouter = typeof appRouter;
