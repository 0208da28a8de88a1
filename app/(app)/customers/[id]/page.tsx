import type { Metadata } from "next";
import { CustomerScreen } from "@/components/customers/customer-screen";
import { CustomersForbidden } from "@/components/customers/customers-forbidden";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "../viewer";

export const metadata: Metadata = { title: "Customer" };

export default async function CustomerPage({ params }: PageProps<"/customers/[id]">) {
  const { zone, mayRead, mayEdit } = await customerViewer();
  if (!mayRead) return <CustomersForbidden />;
  const { id } = await params;
  const customer = await (await api()).customers.get({ customerId: id });
  return <CustomerScreen initial={customer} zone={zone} mayEdit={mayEdit} />;
}
