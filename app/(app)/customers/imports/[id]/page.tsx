import type { Metadata } from "next";
import { ImportScreen } from "@/components/imports/import-screen";
import { ImportsForbidden } from "@/components/imports/imports-forbidden";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "../../viewer";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: PageProps<"/customers/imports/[id]">) {
  const { zone, mayImport } = await customerViewer();
  if (!mayImport) return <ImportsForbidden />;
  const { id } = await params;
  const server = await api();
  const [row, attributes] = await Promise.all([
    server.imports.get({ importId: id }),
    server.attributes.list(),
  ]);
  return <ImportScreen initial={row} attributes={attributes} zone={zone} />;
}
