import { memberProcedure, router } from "@/server/trpc/procedures";
import { listFiles } from "./list";
import { fileIds } from "./schemas";

export const filesRouter = router({
  list: memberProcedure.input(fileIds).query(({ ctx, input }) => listFiles(ctx.verb, input)),
});
