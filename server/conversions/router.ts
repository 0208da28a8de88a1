import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { browseConversions } from "./browse";
import { correctConversion } from "./correct";
import { beginFile } from "./files/begin";
import { listFiles } from "./files/list";
import { checkFile, goOnWithFile, takeFile } from "./files/take";
import { undoFile } from "./files/undo";
import { getConversion } from "./get";
import {
  beginFileInput,
  browseInput,
  conversionId,
  correctConversionInput,
  fileId,
  mappedFileInput,
} from "./schemas";
import { conversionEditors } from "./status";

const editor = procedureFor(...conversionEditors);

export const conversionsRouter = router({
  browse: memberProcedure.input(browseInput).query(({ ctx, input }) => browseConversions(ctx.verb, input)),
  get: memberProcedure.input(conversionId).query(({ ctx, input }) => getConversion(ctx.verb, input)),
  correct: editor
    .input(correctConversionInput)
    .mutation(({ ctx, input }) => correctConversion(ctx.verb, input)),
  files: editor.query(({ ctx }) => listFiles(ctx.verb)),
  beginFile: editor.input(beginFileInput).mutation(({ ctx, input }) => beginFile(ctx.verb, input)),
  checkFile: editor.input(mappedFileInput).mutation(({ ctx, input }) => checkFile(ctx.verb, input)),
  takeFile: editor.input(mappedFileInput).mutation(({ ctx, input }) => takeFile(ctx.verb, input)),
  goOnWithFile: editor.input(fileId).mutation(({ ctx, input }) => goOnWithFile(ctx.verb, input)),
  undoFile: editor.input(fileId).mutation(({ ctx, input }) => undoFile(ctx.verb, input)),
});
