import { inngest } from "@/server/jobs/client";
import { forgetAnswers } from "./answers";

/** Answers that were kept for repeats go after a day. */
export const forgetApiAnswersJob = inngest.createFunction(
  { id: "forget-api-answers", retries: 3, triggers: [{ cron: "17 * * * *" }] },
  async ({ step }) => {
    await step.run("forget", forgetAnswers);
  },
);
