import { campaignBuilders } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { setTemplateArchived } from "./archive";
import { duplicateTemplate } from "./duplicate";
import { exportTemplates } from "./export";
import { getTemplate } from "./get";
import { importTemplates } from "./import";
import { getTemplateLinks, setTemplateLinks } from "./links";
import { listTemplates } from "./list";
import { previewTemplate } from "./preview";
import { restoreVersion } from "./restore-version";
import { saveFromCampaign } from "./save-from-campaign";
import {
  approvalInput,
  archiveTemplateInput,
  exportTemplatesInput,
  getTemplateInput,
  importTemplatesInput,
  linksInput,
  listTemplatesInput,
  previewTemplateInput,
  saveTemplateInput,
  templateId,
  updateTemplateInput,
  useTemplateInput,
  versionInput,
} from "./schemas";
import { setTemplateApproved } from "./set-approved";
import { templateEditors } from "./status";
import { updateTemplate } from "./update";
import { draftFromTemplate } from "./use";

const editor = procedureFor(...templateEditors);

export const templatesRouter = router({
  list: memberProcedure.input(listTemplatesInput).query(({ ctx, input }) => listTemplates(ctx.verb, input)),
  get: memberProcedure.input(getTemplateInput).query(({ ctx, input }) => getTemplate(ctx.verb, input)),
  preview: memberProcedure
    .input(previewTemplateInput)
    .query(({ ctx, input }) => previewTemplate(ctx.verb, input)),
  links: memberProcedure.query(({ ctx }) => getTemplateLinks(ctx.verb)),
  setLinks: editor.input(linksInput).mutation(({ ctx, input }) => setTemplateLinks(ctx.verb, input)),
  use: procedureFor(...campaignBuilders)
    .input(useTemplateInput)
    .mutation(({ ctx, input }) => draftFromTemplate(ctx.verb, input)),
  update: editor.input(updateTemplateInput).mutation(({ ctx, input }) => updateTemplate(ctx.verb, input)),
  duplicate: editor.input(templateId).mutation(({ ctx, input }) => duplicateTemplate(ctx.verb, input)),
  restore: editor.input(versionInput).mutation(({ ctx, input }) => restoreVersion(ctx.verb, input)),
  setArchived: editor
    .input(archiveTemplateInput)
    .mutation(({ ctx, input }) => setTemplateArchived(ctx.verb, input)),
  // Approvers may have any role: the verb asks.
  setApproved: memberProcedure
    .input(approvalInput)
    .mutation(({ ctx, input }) => setTemplateApproved(ctx.verb, input)),
  saveFromCampaign: editor
    .input(saveTemplateInput)
    .mutation(({ ctx, input }) => saveFromCampaign(ctx.verb, input)),
  import: editor.input(importTemplatesInput).mutation(({ ctx, input }) => importTemplates(ctx.verb, input)),
  // A mutation, because it travels as POST: many ids do not fit into an address. It leaves a line in the audit.
  export: editor.input(exportTemplatesInput).mutation(({ ctx, input }) => exportTemplates(ctx.verb, input)),
});
