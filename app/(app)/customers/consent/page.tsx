import type { Metadata } from "next";
import { ChangeTable } from "@/components/consent/change-table";
import { ConsentForbidden } from "@/components/consent/consent-forbidden";
import { ConsentHeader } from "@/components/consent/consent-header";
import { CoverageTable } from "@/components/consent/coverage-table";
import { ExportLink } from "@/components/consent/export-link";
import { PageBody } from "@/components/ui/page-body";
import { changesInputOf } from "@/server/consent/schemas";
import { api } from "@/server/trpc/caller";
import { consentViewer } from "./viewer";

export const metadata: Metadata = { title: "Consent" };

export default async function ConsentPage({ searchParams }: PageProps<"/customers/consent">) {
  const { zone, mayRead, mayEdit } = await consentViewer();
  if (!mayRead) return <ConsentForbidden />;
  const input = changesInputOf(await searchParams);
  const { consent } = await api();
  const [coverage, changes] = await Promise.all([consent.coverage(), consent.changes(input)]);
  return (
    <>
      <ConsentHeader
        description="What customers allow, by channel and purpose, and every word that was said about it."
        actions={mayEdit && <ExportLink path="/api/consent/export" />}
      />
      <PageBody>
        <CoverageTable coverage={coverage} />
        <ChangeTable input={input} initial={changes} zone={zone} mayEdit={mayEdit} />
      </PageBody>
    </>
  );
}
