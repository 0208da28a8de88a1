import { and, eq, inArray } from "drizzle-orm";
import { dltTemplates, whatsappTemplates } from "@/db/schema/channels";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import type { Bodies, ChosenRegistration, ChosenTemplate } from "./content";

/** The templates and registered texts that bodies name, by their ids. */
export type Chosen = {
  templates: Record<string, ChosenTemplate>;
  registrations: Record<string, ChosenRegistration>;
};

/** Reads what the bodies have chosen; what is not approved, not active, not there or not ours is left out. */
export async function readChosen(tx: Transaction, ctx: Context, ...all: Bodies[]): Promise<Chosen> {
  const templateIds = all.flatMap((bodies) =>
    Object.values(bodies.whatsapp ?? {}).flatMap((body) => known(body.templateId)),
  );
  const registrationIds = all.flatMap((bodies) =>
    Object.values(bodies.sms ?? {}).flatMap((body) => known(body.dltTemplateId)),
  );
  const templates =
    templateIds.length === 0
      ? []
      : await tx
          .select()
          .from(whatsappTemplates)
          .where(
            and(
              eq(whatsappTemplates.workspaceId, ctx.workspaceId),
              eq(whatsappTemplates.approval, "approved"),
              inArray(whatsappTemplates.id, templateIds),
            ),
          );
  const registrations =
    registrationIds.length === 0
      ? []
      : await tx
          .select()
          .from(dltTemplates)
          .where(
            and(
              eq(dltTemplates.workspaceId, ctx.workspaceId),
              eq(dltTemplates.status, "active"),
              inArray(dltTemplates.id, registrationIds),
            ),
          );
  return {
    templates: Object.fromEntries(templates.map((row) => [row.id, row])),
    registrations: Object.fromEntries(registrations.map((row) => [row.id, row])),
  };
}

const known = (id: string | null): string[] => (id !== null && isId(id) ? [id] : []);
