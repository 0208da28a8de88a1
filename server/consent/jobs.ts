import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { forgetConsentFiles } from "./files/forget";
import { failConsentFile, workOnFile } from "./files/work";

const dataSchema = z.object({ workspaceId: z.string(), fileId: z.string() });

const BROKEN =
  "Something went wrong on our side, several times in a row. Whole chunks of rows are kept; upload the file again, or ask your administrator to look at the log.";

/** Checks a file of consents or suppressions, or takes it in, from its checkpoint on. */
const consentFile = inngest.createFunction(
  {
    id: "consent-file",
    triggers: [{ event: "consent/file.uploaded" }],
    onFailure: async ({ event }: { event: { data: { event: { data: unknown } } } }) => {
      const { workspaceId, fileId } = dataSchema.parse(event.data.event.data);
      await failConsentFile(systemContext(workspaceId), { fileId, failure: BROKEN });
      await forgetConsentFiles(systemContext(workspaceId));
    },
  },
  async ({ event, step }) => {
    const { workspaceId, fileId } = dataSchema.parse(event.data);
    const ctx = systemContext(workspaceId);
    for (let part = 1; ; part++) {
      const { done } = await step.run(`rows-${part}`, () => workOnFile(ctx, { fileId }));
      if (!done) continue;
      await step.run("forget-files", () => forgetConsentFiles(ctx));
      return { parts: part };
    }
  },
);

export const consentFunctions = [consentFile];
