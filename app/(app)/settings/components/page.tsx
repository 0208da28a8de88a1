import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { SplitView } from "@/components/ui/side-panel";
import { BasicSpecimens } from "./basic-specimens";
import { ChartSpecimens } from "./chart-specimens";
import { ComponentsHeader } from "./components-header";
import { DisplaySpecimens } from "./display-specimens";
import { FormSpecimens } from "./form-specimens";
import { FrameSpecimens } from "./frame-specimens";
import { OpenLine, TableSpecimens } from "./table-specimens";
import { TokenSpecimens } from "./token-specimens";

export const metadata: Metadata = { title: "Components" };

export default function ComponentsPage() {
  return (
    <SplitView panel={<OpenLine />}>
      <ComponentsHeader />
      <PageBody>
        <TokenSpecimens />
        <BasicSpecimens />
        <FormSpecimens />
        <DisplaySpecimens />
        <TableSpecimens />
        <ChartSpecimens />
        <FrameSpecimens />
      </PageBody>
    </SplitView>
  );
}
