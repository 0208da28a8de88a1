import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { browseConversions } from "./browse";
import { correctConversion } from "./correct";
import { getConversion } from "./get";
import { browseInput, conversionId, correctConversionInput, uploadInput } from "./schemas";
import { conversionEditors } from "./status";
import { uploadConversions } from "./upload";

const editor = procedureFor(...conversionEditors);

export const conversionsRouter = router({
  browse: memberProcedure.input(browseInput).query(({ ctx, input }) => browseConversions(ctx.verb, input)),
  get: memberProcedure.input(conversionId).query(({ ctx, input }) => getConversion(ctx.verb, input)),
  correct: editor
    .input(correctConversionInput)
    .mutation(({ ctx, input }) => correctConversion(ctx.verb, input)),
  upload: editor.input(uploadInput).mutation(({ ctx, input }) => uploadConversions(ctx.verb, input)),
});
