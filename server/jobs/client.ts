import { Inngest } from "inngest";
import { logger } from "@/server/platform/logger";
import { LogRuns } from "./log-runs";

/** The one Inngest client. Environment variables alone choose the engine (`docs/operations.md`). */
export const inngest = new Inngest({
  id: "ringback",
  logger: logger.child({ part: "workflows" }),
  middleware: [LogRuns],
});
