import { memberProcedure, router } from "@/server/trpc/procedures";
import { streamTopics } from "./stream-topics";

export const realtimeRouter = router({
  /** One stream a tab: which topics moved. The tab re-reads what it shows of them. */
  topics: memberProcedure.subscription(({ ctx, signal }) => streamTopics(ctx.verb, signal)),
});
