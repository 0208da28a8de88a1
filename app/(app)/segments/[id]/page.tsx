import type { Metadata } from "next";
import { SegmentEditor } from "@/components/segments/segment-editor";
import { SegmentView } from "@/components/segments/segment-view";
import { SegmentsForbidden } from "@/components/segments/segments-forbidden";
import { api } from "@/server/trpc/caller";
import { segmentViewer } from "../viewer";

export const metadata: Metadata = { title: "Segment" };

export default async function SegmentPage({ params }: PageProps<"/segments/[id]">) {
  const { id } = await params;
  const { mayRead, mayEdit } = await segmentViewer();
  if (!mayRead) return <SegmentsForbidden />;
  const { segments } = await api();
  const segment = await segments.get({ id });
  if (!mayEdit) return <SegmentView segment={segment} />;
  return <SegmentEditor key={segment.id} segment={segment} catalogue={await segments.catalogue()} />;
}
