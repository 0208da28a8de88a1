import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { BasicSpecimens } from "./basic-specimens";
import { TableSpecimens } from "./table-specimens";

export const metadata: Metadata = { title: "Components" };

export default function ComponentsPage() {
  return (
    <>
      <PageHeader title="Components" description="Every part that screens are made of, in every state." />
      <PageBody>
        <BasicSpecimens />
        <TableSpecimens />
      </PageBody>
    </>
  );
}
