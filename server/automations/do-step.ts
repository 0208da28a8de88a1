import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { requestIn } from "@/server/callbacks";
import { stepOfFollowUp } from "@/server/campaigns/content";
import { updateIn } from "@/server/customers";
import { notify } from "@/server/notifications";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import type { Acting } from "./decide-step";
import type { Entry } from "./entry";
import { isTakenAtStep } from "./shared-address";
import type { StepOutcome } from "./status";
import { wakeSender } from "./wake-sender";

/**
 * Does what a step says, in the transaction that moves the entry past it: both or neither.
 * @throws AppError BAD_INPUT for an attribute that nobody defines any more, or that takes no such value
 */
export async function doStep(
  tx: Transaction,
  ctx: Context,
  { entry, step }: { entry: Entry; step: Acting },
): Promise<StepOutcome> {
  switch (step.do) {
    case "send":
      return writeMessage(tx, ctx, { entry, step });
    case "set_attribute": {
      const changes = { attributes: { [step.key]: step.value } };
      return (await updateIn(tx, ctx, { customerId: entry.customerId, changes })) ? "set" : "unchanged";
    }
    case "callback":
      return askForCall(tx, ctx, { entry, step });
    case "notify":
      await tellOwner(tx, ctx, { entry, text: step.text });
      return "told";
  }
}

type Doing<Kind extends Acting["do"]> = { entry: Entry; step: Extract<Acting, { do: Kind }> };

/**
 * The message of this step: an execution of its own, sealed and decided like every other one. Promotion goes once to an
 * address, here too: those who came in by other addresses may share the one of this channel.
 */
async function writeMessage(
  tx: Transaction,
  ctx: Context,
  { entry, step }: Doing<"send">,
): Promise<StepOutcome> {
  const { part, runNumber, customerId, occurrence, content } = entry;
  const nth = content.steps.slice(0, entry.step - 1).filter((before) => before.do === "send").length;
  const place = stepOfFollowUp(nth);
  const { channel } = step;
  if (content.purpose === "promotional" && (await isTakenAtStep(tx, ctx, { entry, channel, step: place })))
    return "shared";
  await tx.execute(sql`
    with written as (
      insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, step, channel)
      values (${part}, ${runNumber}, nextval('live_executions'), ${ctx.workspaceId}, ${customerId}, ${occurrence},
        ${place}, ${channel})
      on conflict (part, run_number, customer_id, occurrence, step) do nothing returning seq)
    insert into executions_due (part, run_number, seq, workspace_id, state, attempts, not_before)
    select ${part}, ${runNumber}, seq, ${ctx.workspaceId}, 'pending', 0, clock_now() from written`);
  wakeSender();
  return "sent";
}

/** One ask for each entry and step; a customer without a number is left for the messages. */
async function askForCall(
  tx: Transaction,
  ctx: Context,
  { entry, step }: Doing<"callback">,
): Promise<StepOutcome> {
  const { campaignId, part, runNumber, seq, customerId } = entry;
  try {
    const { merged } = await requestIn(tx, ctx, {
      customerId,
      requestType: step.about,
      description: step.text || `Asked for by the campaign “${entry.campaignName}”.`,
      urgency: step.urgency,
      source: "automation",
      sourceKey: `${runNumber}:${seq}:${entry.step}`,
      execution: { campaignId, part, runNumber, seq },
    });
    return merged ? "merged" : "callback";
  } catch (error) {
    if (error instanceof AppError && error.details.field === "phone") return "no_phone";
    throw error;
  }
}

async function tellOwner(
  tx: Transaction,
  ctx: Context,
  { entry, text }: { entry: Entry; text: string },
): Promise<void> {
  const members = await tx.execute<{ id: string }>(sql`
    select id from memberships where workspace_id = ${ctx.workspaceId} and user_id = ${entry.ownerId} and status = 'active'`);
  await notify(
    tx,
    ctx,
    members.map(({ id }) => id),
    {
      kind: "automation.told",
      subjectType: "customer",
      subjectId: entry.customerId,
      text,
      key: `automation:${entry.runNumber}:${entry.seq}:${entry.step}`,
    },
  );
}
