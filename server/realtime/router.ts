import { keepAtDesk } from "@/server/callbacks";
import { memberProcedure, router } from "@/server/trpc/procedures";
import { streamTopics } from "./stream-topics";

export const realtimeRouter = router({
  /** One stream a tab: which topics moved. The tab re-reads what it shows of them. While it lasts, its agent is there. */
  topics: memberProcedure.subscription(async function* ({ ctx, signal }) {
    const leave = keepAtDesk(ctx.verb);
    try {
      yield* streamTopics(ctx.verb, signal);
    } finally {
      leave();
    }
  }),
});
