import type { Metadata } from "next";
import { PageBody } from "@/components/ui/page-body";
import { ComponentsHeader } from "../components-header";
import { PatternSpecimens } from "./pattern-specimens";

export const metadata: Metadata = { title: "Patterns of screens" };

export default function PatternsPage() {
  return (
    <>
      <ComponentsHeader />
      <PageBody>
        <PatternSpecimens now={Date.now()} />
      </PageBody>
    </>
  );
}
