import { inngest } from "@/server/jobs/client";
import { sweepFiles } from "./sweep";

/** Every night: files that nothing uses go. */
const sweep = inngest.createFunction(
  { id: "files-sweep", retries: 4, triggers: [{ cron: "20 3 * * *" }] },
  async ({ step }) => {
    for (let part = 1; ; part++)
      if ((await step.run(`files-${part}`, () => sweepFiles())) === 0) return { parts: part };
  },
);

export const fileFunctions = [sweep];
