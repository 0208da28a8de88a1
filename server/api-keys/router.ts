import { procedureFor, router } from "@/server/trpc/procedures";
import { createKey } from "./create";
import { listKeys } from "./list";
import { revokeKey } from "./revoke";
import { rotateKey } from "./rotate";
import { createKeyInput, keyIdInput, rotateKeyInput } from "./schemas";

const admin = procedureFor("admin");

/** Keys of other systems: administrators make, rotate and revoke them. */
export const apiKeysRouter = router({
  list: admin.query(({ ctx }) => listKeys(ctx.verb)),
  create: admin.input(createKeyInput).mutation(({ ctx, input }) => createKey(ctx.verb, input)),
  rotate: admin.input(rotateKeyInput).mutation(({ ctx, input }) => rotateKey(ctx.verb, input)),
  revoke: admin.input(keyIdInput).mutation(({ ctx, input }) => revokeKey(ctx.verb, input)),
});
