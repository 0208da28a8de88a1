import { FileInput } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AddCustomer } from "@/components/customers/add-customer";
import { CustomerList } from "@/components/customers/customer-list";
import { CustomerPanel } from "@/components/customers/customer-panel";
import { CustomersForbidden } from "@/components/customers/customers-forbidden";
import { PaymentsAgeLine } from "@/components/imports/payments-age";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SplitView } from "@/components/ui/side-panel";
import { customerListInputOf } from "@/server/customers/schemas";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "./viewer";

export const metadata: Metadata = { title: "Customers" };

export default async function CustomersPage({ searchParams }: PageProps<"/customers">) {
  const params = await searchParams;
  const input = customerListInputOf(params);
  const { mayRead, mayImport, viewer } = await customerViewer();
  if (!mayRead) return <CustomersForbidden />;
  const server = await api();
  const [page, definitions, age] = await Promise.all([
    server.customers.list(input),
    server.attributes.list(),
    server.policies.paymentsAge(),
  ]);
  const openId = [params.open].flat()[0];
  const open = openId ? await server.customers.get({ customerId: openId }) : null;
  return (
    <SplitView panel={open && <CustomerPanel initial={open} viewer={viewer} />}>
      <PageHeader
        title="Customers"
        description={viewer.ownBook ? "The customers of your own book." : undefined}
        actions={
          viewer.mayEdit && (
            <>
              {mayImport && (
                <Button asChild>
                  <Link href="/customers/imports/new">
                    <FileInput aria-hidden />
                    Import
                  </Link>
                </Button>
              )}
              <AddCustomer ownBook={viewer.ownBook} />
            </>
          )
        }
      />
      <PageBody>
        <PaymentsAgeLine initial={age} zone={viewer.zone} />
        <CustomerList
          input={input}
          initial={page}
          definitions={definitions}
          viewer={viewer}
          mayImport={mayImport}
        />
      </PageBody>
    </SplitView>
  );
}
