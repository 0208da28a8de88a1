import type { Metadata } from "next";
import { ImportsForbidden } from "@/components/imports/imports-forbidden";
import { UploadForm } from "@/components/imports/upload-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { customerViewer } from "../../viewer";

export const metadata: Metadata = { title: "New import" };

export default async function NewImportPage() {
  const { mayImport } = await customerViewer();
  if (!mayImport) return <ImportsForbidden />;
  return (
    <>
      <PageHeader
        back={{ href: "/customers/imports", label: "Imports" }}
        title="New import"
        description="A CSV file with one customer in each row. Nothing is written until you have seen what would happen."
      />
      <PageBody width="reading">
        <UploadForm />
      </PageBody>
    </>
  );
}
