"use client";

import { useQuery } from "@tanstack/react-query";
import { mergeAttributes, Node } from "@tiptap/core";
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from "@tiptap/react";
import { cn } from "@/components/ui/cn";
import { useTRPC } from "@/server/trpc/react";

/** A picture of the message, named by its file. */
export const imageNode = Node.create({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    fileId: { default: "" },
    alt: { default: "" },
    href: { default: "" },
    width: { default: null },
  }),
  // Only pictures that were uploaded here: one of another page would be loaded from there by every reader.
  parseHTML: () => [
    { tag: "img[data-file]", getAttrs: (element) => ({ fileId: element.getAttribute("data-file") }) },
  ],
  renderHTML: ({ HTMLAttributes, node }) => [
    "img",
    mergeAttributes({ alt: HTMLAttributes.alt }, { "data-file": node.attrs.fileId }),
  ],
  addNodeView: () => ReactNodeViewRenderer(ImageView),
});

function ImageView({ node, selected }: NodeViewProps) {
  const trpc = useTRPC();
  const { fileId, alt, width } = node.attrs as { fileId: string; alt: string; width: number | null };
  const files = useQuery(trpc.files.list.queryOptions({ ids: [fileId] }, { staleTime: 30 * 60_000 }));
  const url = files.data?.[0]?.url;
  return (
    <NodeViewWrapper data-drag-handle className={cn("rich-image", selected && "rich-selected")}>
      {url ? (
        // biome-ignore lint/performance/noImgElement: a signed address of this host, shown as it is
        <img src={url} alt={alt} style={{ maxWidth: width ? `${width}px` : "100%" }} />
      ) : (
        <span className="flex h-24 items-center justify-center rounded-md bg-pressed text-faint text-sm">
          {files.isPending ? "Loading the picture" : "This picture is not stored here any more"}
        </span>
      )}
    </NodeViewWrapper>
  );
}
