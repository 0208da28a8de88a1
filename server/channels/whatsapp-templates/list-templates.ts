import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import { channelAccounts, whatsappTemplates } from "@/db/schema/channels";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { Approval } from "../adapter";
import type { TemplateCategory, WhatsAppTemplateParts } from "../schemas";
import type { Provider } from "../status";

export type WhatsAppTemplateLine = {
  id: string;
  accountId: string;
  accountName: string;
  name: string;
  language: string;
  category: TemplateCategory;
  parts: WhatsAppTemplateParts;
  approval: Approval;
  rejection: string | null;
  /** True once the provider has it. */
  submitted: boolean;
  updatedAt: string;
};

/** WhatsApp allows a business 6,000 at most; so many are shown. */
const MOST = 2_000;

/** The templates of the workspace's accounts, by name and language. */
export function listWhatsAppTemplates(ctx: Context): Promise<WhatsAppTemplateLine[]> {
  return withTransaction(ctx, (tx) =>
    tx
      .select({
        id: whatsappTemplates.id,
        accountId: whatsappTemplates.accountId,
        accountName: channelAccounts.name,
        name: whatsappTemplates.name,
        language: whatsappTemplates.language,
        category: whatsappTemplates.category,
        parts: whatsappTemplates.parts,
        approval: whatsappTemplates.approval,
        rejection: whatsappTemplates.rejection,
        submitted: sql<boolean>`${whatsappTemplates.providerId} is not null`,
        updatedAt: sql<string>`to_json(${whatsappTemplates.updatedAt}) #>> '{}'`,
      })
      .from(whatsappTemplates)
      .innerJoin(channelAccounts, eq(channelAccounts.id, whatsappTemplates.accountId))
      .where(eq(whatsappTemplates.workspaceId, ctx.workspaceId))
      .orderBy(asc(whatsappTemplates.name), asc(whatsappTemplates.language), asc(whatsappTemplates.id))
      .limit(MOST),
  );
}

export type WhatsAppAccount = {
  id: string;
  name: string;
  provider: Provider;
  /** Templates can be taken over from the provider. */
  canSync: boolean;
};

/** The accounts that WhatsApp templates can belong to. */
export function listWhatsAppAccounts(ctx: Context): Promise<WhatsAppAccount[]> {
  return withTransaction(ctx, (tx) =>
    tx
      .select({
        id: channelAccounts.id,
        name: channelAccounts.name,
        provider: channelAccounts.provider,
        canSync: sql<boolean>`${channelAccounts.provider} <> 'sandbox'`,
      })
      .from(channelAccounts)
      .where(
        and(
          eq(channelAccounts.workspaceId, ctx.workspaceId),
          eq(channelAccounts.channel, "whatsapp"),
          ne(channelAccounts.status, "archived"),
        ),
      )
      .orderBy(desc(channelAccounts.isDefault), asc(channelAccounts.id)),
  );
}
