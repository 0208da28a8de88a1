import type { Metadata } from "next";
import { AddSuppressions } from "@/components/consent/add-suppressions";
import { ConsentForbidden } from "@/components/consent/consent-forbidden";
import { ConsentHeader } from "@/components/consent/consent-header";
import { ExportLink } from "@/components/consent/export-link";
import { SuppressionList } from "@/components/consent/suppression-list";
import { PageBody } from "@/components/ui/page-body";
import { suppressionsInputOf } from "@/server/consent/schemas";
import { api } from "@/server/trpc/caller";
import { consentViewer } from "../viewer";

export const metadata: Metadata = { title: "Suppression list" };

export default async function SuppressionsPage({
  searchParams,
}: PageProps<"/customers/consent/suppressions">) {
  const { zone, mayRead, mayEdit } = await consentViewer();
  if (!mayRead) return <ConsentForbidden />;
  const input = suppressionsInputOf(await searchParams);
  const page = await (await api()).consent.suppressions(input);
  return (
    <>
      <ConsentHeader
        description="Addresses that must not be contacted, whoever they belong to. They are kept as hashes, and outlive a customer's erasure."
        actions={
          mayEdit && (
            <>
              <ExportLink path="/api/suppressions/export" total={page.total} />
              <AddSuppressions />
            </>
          )
        }
      />
      <PageBody>
        <SuppressionList input={input} initial={page} zone={zone} mayEdit={mayEdit} />
      </PageBody>
    </>
  );
}
