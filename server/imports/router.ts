import { procedureFor, router } from "@/server/trpc/procedures";
import { cancelImport } from "./cancel";
import { checkImport } from "./check";
import { configureImport } from "./configure";
import { getImport } from "./get";
import { listImports } from "./list";
import { runImport } from "./run";
import { configureInput, importIdInput, listImportsInput } from "./schemas";
import { undoImport } from "./undo";

const importer = procedureFor("admin", "marketer");

export const importsRouter = router({
  list: importer.input(listImportsInput).query(({ ctx, input }) => listImports(ctx.verb, input)),
  get: importer.input(importIdInput).query(({ ctx, input }) => getImport(ctx.verb, input)),
  configure: importer.input(configureInput).mutation(({ ctx, input }) => configureImport(ctx.verb, input)),
  check: importer.input(importIdInput).mutation(({ ctx, input }) => checkImport(ctx.verb, input)),
  run: importer.input(importIdInput).mutation(({ ctx, input }) => runImport(ctx.verb, input)),
  cancel: importer.input(importIdInput).mutation(({ ctx, input }) => cancelImport(ctx.verb, input)),
  undo: importer.input(importIdInput).mutation(({ ctx, input }) => undoImport(ctx.verb, input)),
});
