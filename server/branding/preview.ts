import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { runContentSchema } from "@/server/campaigns/content";
import { targetOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { compileBodies } from "@/server/templates";
import { type PreviewBrandingInput, previewBrandingInput } from "./schemas";

const samples = {
  en: {
    subject: "Your policy renews on 14 December",
    preheader: "Renew in two minutes and keep your cover",
    body: "Dear Asha Rao,\n\nYour **Family Health Plus** policy is due for renewal on **14 December**. The premium is ₹12,500.\n\n[Renew my policy](https://example.com/renew)\n\nWould you like to talk to a person first? [Ask for a call](https://example.com/call) and we ring you back.\n\nWarm regards,\n{{company_name}}",
  },
  hi: {
    subject: "आपकी पॉलिसी का नवीनीकरण 14 दिसंबर को है",
    preheader: "दो मिनट में नवीनीकरण करें",
    body: "प्रिय आशा राव,\n\nआपकी **फ़ैमिली हेल्थ प्लस** पॉलिसी का नवीनीकरण **14 दिसंबर** को देय है। प्रीमियम ₹12,500 है।\n\n[नवीनीकरण करें](https://example.com/renew)\n\nसादर,\n{{company_name}}",
  },
} as const;

/** A mail as it would look with this branding, saved or not. Nothing is sent. */
export async function previewBranding(ctx: Context, input: PreviewBrandingInput) {
  const { branding, language } = previewBrandingInput.parse(input);
  const [row] = await withTransaction(ctx, (tx) =>
    tx
      .select({ name: workspaces.name, locale: workspaces.locale, currency: workspaces.currency })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId)),
  );
  const { name, locale, currency } = required(row, "workspace");
  const companyName = branding.companyName || name;
  const content = runContentSchema.parse({
    category: "newsletter",
    purpose: "promotional",
    channels: ["email"],
    languages: [language],
    bodies: { email: { [language]: samples[language] } },
    fallbacks: {},
    branding,
    currency,
    companyName,
    fromName: branding.senderNames[0] ?? companyName,
  });
  const compiled = compileBodies(content);
  const body = required(compiled.body("email", language), "sample");
  const render = await body.renderer();
  const rendered = render(
    {},
    {
      ...targetOf(content, language, locale),
      linkUrl: (index) => compiled.links[index] ?? "#",
      shortUrl: (index) => compiled.links[index] ?? "#",
      unsubscribeUrl: "#unsubscribe",
      preferencesUrl: "#preferences",
      pixelUrl: null,
    },
  );
  const mail = rendered.ok && rendered.content.channel === "email" ? rendered.content : null;
  return { sender: content.fromName, ...required(mail, "sample") };
}
