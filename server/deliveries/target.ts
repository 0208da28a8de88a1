import type { RunContent } from "@/server/campaigns/content";
import { fileUrl } from "@/server/files";
import type { RenderTarget } from "@/server/templates";
import { localeOf } from "./tag-values";

/** What of a copy's target is the same for everybody who gets the content in this language. */
export function targetOf(
  content: Pick<RunContent, "branding" | "companyName" | "currency">,
  language: string,
  workspaceLocale: string,
): Pick<RenderTarget, "locale" | "currency" | "company" | "imageUrl"> {
  const { logoFileId, accent, page, address, footer, social } = content.branding;
  return {
    locale: localeOf(language, workspaceLocale),
    currency: content.currency,
    company: {
      companyName: content.companyName,
      accent,
      page,
      address,
      footer,
      social,
      logoUrl: logoFileId === null ? null : fileUrl(logoFileId),
    },
    imageUrl: fileUrl,
  };
}
