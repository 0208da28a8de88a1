import { eq, sql } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { brandingSchema } from "@/server/campaigns/content";
import { purposeOf } from "@/server/campaigns/status";
import { type Described, tagValues, targetOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { attributeTypes } from "./attributes";
import { compileTemplate, withLinks } from "./compilable";
import { findTemplate, findVersion, requireReader, seesAll } from "./find";
import { readLinks } from "./links";
import { type PreviewTemplateInput, previewTemplateInput } from "./schemas";

/**
 * One body of a template as an example customer would read it, made by the same renderer as what is sent. Null where the
 * template says nothing by this channel in this language. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function previewTemplate(ctx: Context, input: PreviewTemplateInput) {
  requireReader(ctx);
  const { id, version, channel, language } = previewTemplateInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const row = await findTemplate(tx, ctx, id);
    const wanted = seesAll(ctx) ? (version ?? row.version) : row.version;
    const { content, channels, languages } = await findVersion(tx, ctx, { id: row.id, version: wanted });
    const links = await readLinks(tx, ctx);
    const { name, branding, locale, currency, today } = await readWorkspace(tx, ctx);
    const company = brandingSchema.parse(branding);
    const attributes = await attributeTypes(tx, ctx);
    const compiled = compileTemplate(
      { category: row.category, channels, languages, content: withLinks(content, links) },
      attributes,
    );
    const body = compiled.body(channel, language);
    if (!body) return null;
    const target = targetOf(
      { branding: company, companyName: company.companyName || name, currency },
      body.language,
      locale,
    );
    const say = await body.renderer();
    const promotional = purposeOf(row.category) === "promotional";
    const copy = say(tagValues(example(today, currency), target.locale, attributes), {
      ...target,
      linkUrl: (index) => compiled.links[index] ?? "#",
      shortUrl: (index) => compiled.links[index] ?? "#",
      unsubscribeUrl: promotional ? "#unsubscribe" : null,
      preferencesUrl: "#preferences",
      pixelUrl: null,
    });
    return { language: body.language, copy, problems: compiled.problems };
  });
}
export type TemplatePreview = Awaited<ReturnType<typeof previewTemplate>>;

async function readWorkspace(tx: Transaction, ctx: Context) {
  const [row] = await tx
    .select({
      name: workspaces.name,
      branding: workspaces.branding,
      locale: workspaces.locale,
      currency: workspaces.currency,
      today: sql<string>`(clock_now() at time zone ${workspaces.timeZone})::date::text`,
    })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  return required(row, "workspace");
}

/** A made-up customer whose policy renews in two weeks. */
function example(today: string, currency: string): Described {
  return {
    name: "Asha Rao",
    externalId: "C-10482",
    city: "Pune",
    tier: "gold",
    policyNumber: "HLT-2026-00417",
    productName: "Family Health Plus",
    premium: "12500000000",
    currency,
    renewalDate: later(today, 15),
    extras: {
      email: "asha.rao@example.com",
      phone: "+91 98200 12345",
      policyType: "health",
      dueDate: later(today, 15),
      dueAmount: null,
      dueCurrency: null,
      duePolicies: [
        { policyNumber: "HLT-2026-00417", amount: "12500000000", currency, day: later(today, 15) },
        { policyNumber: "MTR-2026-01099", amount: "8500000000", currency, day: later(today, 15) },
      ],
      nextDueDate: later(today, 105),
      advisorName: "Rohan Mehta",
      callTopic: "policy_issue",
      callAt: "2026-12-14T10:00:00Z",
      timeZone: "Asia/Kolkata",
      attributes: {},
    },
  };
}

const DAY_MS = 86_400_000;

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
