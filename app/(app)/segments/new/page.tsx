import type { Metadata } from "next";
import { SegmentEditor } from "@/components/segments/segment-editor";
import { SegmentsForbidden } from "@/components/segments/segments-forbidden";
import { api } from "@/server/trpc/caller";
import { segmentViewer } from "../viewer";

export const metadata: Metadata = { title: "New segment" };

export default async function NewSegmentPage() {
  const { mayEdit } = await segmentViewer();
  if (!mayEdit) return <SegmentsForbidden editing />;
  return <SegmentEditor segment={null} catalogue={await (await api()).segments.catalogue()} />;
}
