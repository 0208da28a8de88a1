import { campaignsRouter } from "@/server/campaigns/router";
import { importsRouter } from "@/server/imports/router";
import { realtimeRouter } from "@/server/realtime/router";
import { router } from "./procedures";

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  campaigns: campaignsRouter,
  imports: importsRouter,
  realtime: realtimeRouter,
});

export type AppRouter = typeof appRouter;
