import { inngest } from "@/server/jobs/client";
import { forgetOldRows } from "./forget";

/** Every night: rows that served their time go. */
export const forgetOldRowsJob = inngest.createFunction(
  { id: "forget-old-rows", retries: 3, triggers: [{ cron: "40 3 * * *" }] },
  ({ step }) => step.run("forget", forgetOldRows),
);
