import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ImportList } from "@/components/imports/import-list";
import { ImportsForbidden } from "@/components/imports/imports-forbidden";
import { PaymentsAgeLine } from "@/components/imports/payments-age";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { importListInputOf } from "@/server/imports/schemas";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "../viewer";

export const metadata: Metadata = { title: "Imports" };

export default async function ImportsPage({ searchParams }: PageProps<"/customers/imports">) {
  const { zone, mayImport } = await customerViewer();
  if (!mayImport) return <ImportsForbidden />;
  const input = importListInputOf(await searchParams);
  const server = await api();
  const [page, age] = await Promise.all([server.imports.list(input), server.policies.paymentsAge()]);
  return (
    <>
      <PageHeader
        title="Imports"
        description="Files of customers and policies, what came of each, and the way back."
        actions={
          <Button variant="primary" asChild>
            <Link href="/customers/imports/new">
              <Plus aria-hidden />
              New import
            </Link>
          </Button>
        }
      />
      <PageBody>
        <PaymentsAgeLine initial={age} zone={zone} />
        <ImportList input={input} initial={page} zone={zone} />
      </PageBody>
    </>
  );
}
