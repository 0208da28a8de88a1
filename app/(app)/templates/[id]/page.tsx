import type { Metadata } from "next";
import { TemplateView } from "@/components/template-library/template-view";
import { TemplatesForbidden } from "@/components/template-library/templates-forbidden";
import { versionOf } from "@/server/template-library/schemas";
import { api } from "@/server/trpc/caller";
import { templateViewer } from "../viewer";

export const metadata: Metadata = { title: "Template" };

export default async function TemplatePage({ params, searchParams }: PageProps<"/templates/[id]">) {
  const { id } = await params;
  const version = versionOf(await searchParams);
  const { zone, company, mayRead } = await templateViewer();
  if (!mayRead) return <TemplatesForbidden />;
  const template = await (await api()).templates.get(version === undefined ? { id } : { id, version });
  return (
    <TemplateView
      key={`${id} ${version}`}
      template={template}
      version={version}
      company={company}
      zone={zone}
    />
  );
}
