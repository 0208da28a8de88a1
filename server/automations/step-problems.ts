import type { Transaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import { type AttributeDefinition, parseAttributeValue } from "@/server/attributes/schemas";
import { ownContent, type RunContent } from "@/server/campaigns/content";
import type { Schedule } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { compileBodies } from "@/server/templates";
import type { Step } from "./schemas";

export type StepProblem = { tab: "schedule"; field: "schedule"; message: string };

/** What must be mended in the steps of an automation before it is switched on; nothing for another campaign. */
export async function stepProblems(
  tx: Transaction,
  ctx: Context,
  { schedule, snapshot }: { schedule: Schedule; snapshot: RunContent },
): Promise<StepProblem[]> {
  if (schedule.kind !== "automated") return [];
  const { steps } = schedule;
  const attributes = steps.some((step) => step.do === "set_attribute") ? await readAttributes(tx, ctx) : [];
  return steps.flatMap((step, place) =>
    wrongWith(step, { attributes, snapshot }).map((message) => ({
      tab: "schedule" as const,
      field: "schedule" as const,
      message: `Step ${place + 1}: ${message}`,
    })),
  );
}

type Known = { attributes: readonly AttributeDefinition[]; snapshot: RunContent };

function wrongWith(step: Step, { attributes, snapshot }: Known): string[] {
  switch (step.do) {
    case "check":
      return step.holds === "in_segment" && step.segment === ""
        ? ["choose the segment that it asks for."]
        : [];
    case "set_attribute": {
      const definition = attributes.find(({ key }) => key === step.key);
      if (!definition || definition.archived) return ["choose the attribute that it sets."];
      const read = parseAttributeValue(definition, step.value);
      return read.ok ? [] : [read.reason];
    }
    case "send":
      return unsaid(step, snapshot);
    default:
      return [];
  }
}

/** Words of its own that are missing, or that cannot be sent. Those of the campaign are judged with the campaign. */
function unsaid(step: Extract<Step, { do: "send" }>, snapshot: RunContent): string[] {
  const { own, channel } = step;
  if (channel === "sms" && own?.sms && own.sms.dltTemplateId === null && own.sms.text.trim() === "")
    return ["write the SMS."];
  if (channel === "whatsapp" && own?.whatsapp?.templateId === null && own.whatsapp.text.trim() === "")
    return ["choose a WhatsApp template."];
  const content = ownContent(snapshot, step);
  return content ? compileBodies(content).problems.map(({ message }) => message) : [];
}
