import type { Metadata } from "next";
import { BringFile } from "@/components/consent/bring-file";
import { ConsentForbidden } from "@/components/consent/consent-forbidden";
import { ConsentHeader } from "@/components/consent/consent-header";
import { FileList } from "@/components/consent/file-list";
import { PageBody } from "@/components/ui/page-body";
import { fileKinds } from "@/server/consent/schemas";
import { api } from "@/server/trpc/caller";
import { consentViewer } from "../viewer";

export const metadata: Metadata = { title: "Files of consent" };

export default async function ConsentFilesPage() {
  const { zone, mayEdit } = await consentViewer();
  if (!mayEdit) return <ConsentForbidden />;
  const files = await (await api()).consent.files();
  return (
    <>
      <ConsentHeader description="Bring many consents or suppressed addresses at once. Nothing is changed before you have seen what would change." />
      <PageBody>
        <div className="grid gap-5 lg:grid-cols-2">
          {fileKinds.map((kind) => (
            <BringFile key={kind} kind={kind} />
          ))}
        </div>
        <FileList initial={files} zone={zone} />
      </PageBody>
    </>
  );
}
