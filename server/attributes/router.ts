import { z } from "zod";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { changeAttribute, setAttributeArchived } from "./change";
import { createAttribute } from "./create";
import { listAttributes } from "./list";
import { attributeIdInput, changeAttributeInput, createAttributeInput } from "./schemas";
import { getAttributeUse } from "./usage";

const editor = procedureFor("admin", "marketer");

/** Custom attributes: everybody reads what is defined, administrators and marketers define. */
export const attributesRouter = router({
  list: memberProcedure.query(({ ctx }) => listAttributes(ctx.verb)),
  use: editor.query(({ ctx }) => getAttributeUse(ctx.verb)),
  create: editor.input(createAttributeInput).mutation(({ ctx, input }) => createAttribute(ctx.verb, input)),
  change: editor.input(changeAttributeInput).mutation(({ ctx, input }) => changeAttribute(ctx.verb, input)),
  setArchived: editor
    .input(attributeIdInput.extend({ archived: z.boolean() }))
    .mutation(({ ctx, input }) => setAttributeArchived(ctx.verb, input)),
});
