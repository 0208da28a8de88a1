import { inngest } from "@/server/jobs/client";
import { eraseDue } from "./erase-due";

/** At once when somebody asks, and every five minutes for those that wait and those that are looked at again. */
const erase = inngest.createFunction(
  {
    id: "erasures",
    // Few, for the schedule comes again soon.
    retries: 2,
    triggers: [{ event: "erasure/requested" }, { cron: "*/5 * * * *" }],
  },
  async ({ step }) => {
    for (let part = 1; ; part++)
      if ((await step.run(`persons-${part}`, () => eraseDue())) === 0) return { parts: part };
  },
);

export const erasureFunctions = [erase];
