import type { Metadata } from "next";
import { ConsentForbidden } from "@/components/consent/consent-forbidden";
import { FileScreen } from "@/components/consent/file-screen";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { api } from "@/server/trpc/caller";
import { consentViewer } from "../../viewer";

export const metadata: Metadata = { title: "File of consent" };

export default async function ConsentFilePage({ params }: PageProps<"/customers/consent/files/[id]">) {
  const { zone, mayEdit } = await consentViewer();
  if (!mayEdit) return <ConsentForbidden />;
  const { id } = await params;
  const file = await (await api()).consent.file({ fileId: id });
  return (
    <>
      <PageHeader
        title={file.fileName}
        back={{ href: "/customers/consent/files", label: "Files" }}
        description={
          file.kind === "consents" ? "A file of consents." : "A file of addresses that must not be contacted."
        }
      />
      <PageBody>
        <FileScreen initial={file} zone={zone} />
      </PageBody>
    </>
  );
}
