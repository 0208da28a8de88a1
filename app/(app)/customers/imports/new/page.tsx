import type { Metadata } from "next";
import { ImportsForbidden } from "@/components/imports/imports-forbidden";
import { PaymentsAgeLine } from "@/components/imports/payments-age";
import { UploadForm } from "@/components/imports/upload-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "../../viewer";

export const metadata: Metadata = { title: "New import" };

export default async function NewImportPage() {
  const { mayImport, zone } = await customerViewer();
  if (!mayImport) return <ImportsForbidden />;
  const age = await (await api()).policies.paymentsAge();
  return (
    <>
      <PageHeader
        back={{ href: "/customers/imports", label: "Imports" }}
        title="New import"
        description="One customer or one policy in each row. Nothing is written until you have seen what would happen."
      />
      <PageBody width="reading">
        <PaymentsAgeLine initial={age} zone={zone} />
        <UploadForm />
      </PageBody>
    </>
  );
}
