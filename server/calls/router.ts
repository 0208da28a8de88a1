import { z } from "zod";
import { callbackReaders } from "@/server/callbacks/status";
import { procedureFor, router } from "@/server/trpc/procedures";
import { readCallDesk, readOwnCall } from "./desk";
import { setOwnPhone } from "./own-phone";
import { ownPhoneInput, testCallInput } from "./schemas";
import { startCall } from "./start";
import { testCall } from "./test-call";

const agent = procedureFor(...callbackReaders);
const admin = procedureFor("admin");

/** Calls over a provider's bridge: the agent's phone, then the customer's. */
export const callsRouter = router({
  desk: agent
    .input(z.object({ callbackId: z.string() }))
    .query(({ ctx, input }) => readCallDesk(ctx.verb, input)),
  start: agent
    .input(z.object({ callbackId: z.string(), generation: z.number().int() }))
    .mutation(({ ctx, input }) => startCall(ctx.verb, input)),
  setOwnPhone: agent.input(ownPhoneInput).mutation(({ ctx, input }) => setOwnPhone(ctx.verb, input)),
  test: admin.input(testCallInput).mutation(({ ctx, input }) => testCall(ctx.verb, input)),
  own: admin.input(z.object({ callId: z.string() })).query(({ ctx, input }) => readOwnCall(ctx.verb, input)),
});
