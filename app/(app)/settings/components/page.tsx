import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SplitView } from "@/components/ui/side-panel";
import { BasicSpecimens } from "./basic-specimens";
import { ChartSpecimens } from "./chart-specimens";
import { DisplaySpecimens } from "./display-specimens";
import { FormSpecimens } from "./form-specimens";
import { FrameSpecimens } from "./frame-specimens";
import { PatternSpecimens } from "./pattern-specimens";
import { OpenLine, TableSpecimens } from "./table-specimens";
import { TokenSpecimens } from "./token-specimens";

export const metadata: Metadata = { title: "Components" };

export default function ComponentsPage() {
  return (
    <SplitView panel={<OpenLine />}>
      <PageHeader
        title="Components"
        description="Every part that screens are made of, with made-up figures. Nothing on this page changes anything."
      />
      <PageBody>
        <TokenSpecimens />
        <BasicSpecimens />
        <FormSpecimens />
        <DisplaySpecimens />
        <TableSpecimens />
        <ChartSpecimens />
        <FrameSpecimens />
        <PatternSpecimens now={Date.now()} />
      </PageBody>
    </SplitView>
  );
}
