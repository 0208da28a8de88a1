import type { Metadata } from "next";
import { ImportTemplates } from "@/components/template-library/import-templates";
import { LinksDialog } from "@/components/template-library/links-dialog";
import { TemplateGallery } from "@/components/template-library/template-gallery";
import { TemplatesForbidden } from "@/components/template-library/templates-forbidden";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { templateListInputOf } from "@/server/template-library/schemas";
import { api } from "@/server/trpc/caller";
import { templateViewer } from "./viewer";

export const metadata: Metadata = { title: "Templates" };

export default async function TemplatesPage({ searchParams }: PageProps<"/templates">) {
  const input = templateListInputOf(await searchParams);
  const { mayRead, mayEdit, mayUse, seesAll } = await templateViewer();
  if (!mayRead) return <TemplatesForbidden />;
  const page = await (await api()).templates.list(input);
  return (
    <>
      <PageHeader
        title="Templates"
        description="Messages for every occasion, in English and Hindi, ready to begin a campaign with."
        actions={
          mayEdit && (
            <>
              <LinksDialog />
              <ImportTemplates />
            </>
          )
        }
      />
      <PageBody>
        <TemplateGallery input={input} initial={page} mayUse={mayUse} seesArchived={seesAll} />
      </PageBody>
    </>
  );
}
