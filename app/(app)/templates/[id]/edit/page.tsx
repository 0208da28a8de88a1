import type { Metadata } from "next";
import { TemplateEditor } from "@/components/template-library/template-editor";
import { TemplatesForbidden } from "@/components/template-library/templates-forbidden";
import { api } from "@/server/trpc/caller";
import { templateViewer } from "../../viewer";

export const metadata: Metadata = { title: "Edit template" };

export default async function EditTemplatePage({ params }: PageProps<"/templates/[id]/edit">) {
  const { id } = await params;
  const { mayEdit } = await templateViewer();
  if (!mayEdit) return <TemplatesForbidden editing />;
  return <TemplateEditor key={id} template={await (await api()).templates.get({ id })} />;
}
