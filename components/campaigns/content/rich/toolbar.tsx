"use client";

import { TextSelection } from "@tiptap/pm/state";
import { type Editor, useEditorState } from "@tiptap/react";
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  Bold,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Redo2,
  SquareMousePointer,
  Underline,
  Undo2,
} from "lucide-react";
import { useRef, useState } from "react";
import { acceptOf, uploadFile } from "@/components/files/upload-file";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { type Fallbacks, TagMenu } from "../tag-menu";

const blocks = [
  { value: "paragraph", label: "Text" },
  { value: "1", label: "Heading 1" },
  { value: "2", label: "Heading 2" },
  { value: "3", label: "Heading 3" },
] as const;

type Tool = {
  label: string;
  icon: LucideIcon;
  active?: boolean;
  disabled?: boolean;
  run: () => void;
};

/** What can be done with the words: marks, lists, alignment, and what can be put in. */
export function Toolbar({ editor, ...fallbacks }: Fallbacks & { editor: Editor }) {
  const [uploading, setUploading] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      block:
        ([1, 2, 3] as const).find((level) => now.isActive("heading", { level }))?.toString() ?? "paragraph",
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      underline: now.isActive("underline"),
      link: now.isActive("link"),
      bullets: now.isActive("bulletList"),
      numbers: now.isActive("orderedList"),
      align: (["center", "right"] as const).find((each) => now.isActive({ textAlign: each })) ?? "left",
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  const chain = () => editor.chain().focus();
  const addImage = async (chosen: File | undefined) => {
    if (!chosen) return;
    setUploading(true);
    try {
      const { id, width } = await uploadFile(chosen, ["image"]);
      chain()
        .insertContent({
          type: "image",
          attrs: { fileId: id, alt: "", width: width && width < 520 ? Math.max(16, width) : null },
        })
        .run();
    } catch (error) {
      toast.error("The picture was not added", { description: (error as Error).message });
    }
    setUploading(false);
  };
  const groups: Tool[][] = [
    [
      { label: "Bold", icon: Bold, active: state.bold, run: () => chain().toggleBold().run() },
      { label: "Italic", icon: Italic, active: state.italic, run: () => chain().toggleItalic().run() },
      {
        label: "Underline",
        icon: Underline,
        active: state.underline,
        run: () => chain().toggleUnderline().run(),
      },
      {
        label: "Link",
        icon: Link2,
        active: state.link,
        run: () =>
          state.link
            ? chain().unsetLink().run()
            : editor.state.selection.empty
              ? chain()
                  .insertContent({
                    type: "text",
                    text: "link",
                    marks: [{ type: "link", attrs: { href: "https://" } }],
                  })
                  .setTextSelection({
                    from: editor.state.selection.from,
                    to: editor.state.selection.from + 4,
                  })
                  .run()
              : chain().setLink({ href: "https://" }).run(),
      },
    ],
    [
      { label: "Bullets", icon: List, active: state.bullets, run: () => chain().toggleBulletList().run() },
      {
        label: "Numbers",
        icon: ListOrdered,
        active: state.numbers,
        run: () => chain().toggleOrderedList().run(),
      },
    ],
    [
      {
        label: "Left",
        icon: AlignLeft,
        active: state.align === "left",
        run: () => chain().setTextAlign("left").run(),
      },
      {
        label: "Centre",
        icon: AlignCenter,
        active: state.align === "center",
        run: () => chain().setTextAlign("center").run(),
      },
      {
        label: "Right",
        icon: AlignRight,
        active: state.align === "right",
        run: () => chain().setTextAlign("right").run(),
      },
    ],
    [
      {
        label: "Button",
        icon: SquareMousePointer,
        run: () =>
          chain()
            .insertContent({
              type: "button",
              attrs: { href: "https://" },
              content: [{ type: "text", text: "Button" }],
            })
            .command(({ tr }) => {
              // Its words are chosen, so that one types over them.
              const { $from } = tr.selection;
              if ($from.parent.type.name === "button")
                tr.setSelection(TextSelection.create(tr.doc, $from.start(), $from.end()));
              return true;
            })
            .run(),
      },
      { label: "Picture", icon: ImagePlus, disabled: uploading, run: () => file.current?.click() },
      { label: "Line", icon: Minus, run: () => chain().setHorizontalRule().run() },
    ],
    [
      { label: "Undo", icon: Undo2, disabled: !state.undo, run: () => chain().undo().run() },
      { label: "Redo", icon: Redo2, disabled: !state.redo, run: () => chain().redo().run() },
    ],
  ];
  return (
    <div
      role="toolbar"
      aria-label="Format the message"
      className="flex flex-wrap items-center gap-x-1 gap-y-0.5 border-line border-b bg-canvas px-1.5 py-1"
    >
      <Select
        label="Kind of paragraph"
        value={state.block}
        options={blocks}
        className="h-control-sm w-28 border-transparent bg-transparent text-sm shadow-none"
        onValueChange={(value) =>
          value === "paragraph"
            ? chain().setParagraph().run()
            : chain()
                .setHeading({ level: Number(value) as 1 | 2 | 3 })
                .run()
        }
      />
      {groups.map((tools) => (
        <span key={tools[0]?.label} className="flex items-center border-line border-l pl-1">
          {tools.map(({ label, icon: Icon, active, disabled, run }) => (
            <IconButton
              key={label}
              label={label}
              size="sm"
              icon={<Icon aria-hidden />}
              aria-pressed={active}
              disabled={disabled}
              onMouseDown={(event) => event.preventDefault()}
              onClick={run}
              className={cn(active && "bg-pressed text-ink")}
            />
          ))}
        </span>
      ))}
      <span className="ml-auto">
        <TagMenu
          {...fallbacks}
          onInsert={(name) =>
            chain()
              .insertContent({ type: "tag", attrs: { source: name } })
              .run()
          }
        />
      </span>
      <input
        ref={file}
        type="file"
        aria-label="Picture to put into the message"
        tabIndex={-1}
        accept={acceptOf(["image"])}
        className="sr-only"
        onChange={(event) => {
          void addImage(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
