import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { SegmentList } from "@/components/segments/segment-list";
import { SegmentsForbidden } from "@/components/segments/segments-forbidden";
import { Button } from "@/components/ui/button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { segmentListInputOf } from "@/server/segments/schemas";
import { api } from "@/server/trpc/caller";
import { segmentViewer } from "./viewer";

export const metadata: Metadata = { title: "Segments" };

export default async function SegmentsPage({ searchParams }: PageProps<"/segments">) {
  const input = segmentListInputOf(await searchParams);
  const { zone, mayRead, mayEdit } = await segmentViewer();
  if (!mayRead) return <SegmentsForbidden />;
  const page = await (await api()).segments.list(input);
  return (
    <>
      <PageHeader
        title="Segments"
        description="Whom you mean, said once and always up to date."
        actions={
          mayEdit && (
            <Button variant="primary" asChild>
              <Link href="/segments/new">
                <Plus aria-hidden />
                New segment
              </Link>
            </Button>
          )
        }
      />
      <PageBody>
        <SegmentList input={input} initial={page} zone={zone} mayEdit={mayEdit} />
      </PageBody>
    </>
  );
}
