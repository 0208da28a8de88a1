import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { failImport } from "./fail";
import { forgetUploads } from "./forget-uploads";
import { workOnImport } from "./work";
import { workOnUndo } from "./work-on-undo";

const dataSchema = z.object({ workspaceId: z.string(), importId: z.string() });

const BROKEN =
  "Something went wrong on our side, several times in a row. Whole chunks of rows are kept; try again, or ask your administrator to look at the log.";

/** The event that failed stands inside the event of the failure. */
const failed = async ({ event }: { event: { data: { event: { data: unknown } } } }) => {
  const { workspaceId, importId } = dataSchema.parse(event.data.event.data);
  await failImport(systemContext(workspaceId), { importId, failure: BROKEN });
  await forgetUploads(systemContext(workspaceId));
};

/** Reads a whole file without writing customers: what would the import do? */
const importCheck = inngest.createFunction(
  { id: "import-check", triggers: [{ event: "import/check.requested" }], onFailure: failed },
  async ({ event, step }) => {
    const { workspaceId, importId } = dataSchema.parse(event.data);
    const ctx = systemContext(workspaceId);
    for (let part = 1; ; part++) {
      const { done } = await step.run(`rows-${part}`, () => workOnImport(ctx, { importId, mode: "check" }));
      if (done) return { parts: part };
    }
  },
);

/** Imports a checked file, from its checkpoint on. Once it has ended nobody needs the file. */
const importRun = inngest.createFunction(
  { id: "import-run", triggers: [{ event: "import/run.requested" }], onFailure: failed },
  async ({ event, step }) => {
    const { workspaceId, importId } = dataSchema.parse(event.data);
    const ctx = systemContext(workspaceId);
    for (let part = 1; ; part++) {
      const { done } = await step.run(`rows-${part}`, () => workOnImport(ctx, { importId, mode: "run" }));
      if (!done) continue;
      await step.run("forget-uploads", () => forgetUploads(ctx));
      return { parts: part };
    }
  },
);

/** Takes an import back. */
const importUndo = inngest.createFunction(
  { id: "import-undo", triggers: [{ event: "import/undo.requested" }], onFailure: failed },
  async ({ event, step }) => {
    const { workspaceId, importId } = dataSchema.parse(event.data);
    const ctx = systemContext(workspaceId);
    for (let part = 1; ; part++) {
      const { done } = await step.run(`customers-${part}`, () => workOnUndo(ctx, { importId }));
      if (done) return { parts: part };
    }
  },
);

export const importFunctions = [importCheck, importRun, importUndo];
