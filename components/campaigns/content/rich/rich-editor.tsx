"use client";

import { type Editor, EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { FieldContext, useFieldProps } from "@/components/ui/field-context";
import { Notice } from "@/components/ui/notice";
import { documentOf, type RichDocument, richDocument } from "@/server/templates/content";
import type { Fallbacks } from "../tag-menu";
import { tagLabel, useTags } from "../use-tags";
import { ContextBar } from "./context-bar";
import { extensionsOf } from "./extensions";
import { imageNode } from "./image-node";
import { Toolbar } from "./toolbar";
import "./rich-editor.css";

export type RichEditorProps = Fallbacks & {
  /** A plain text is read as its document. */
  value: string | RichDocument;
  onChange: (document: RichDocument) => void;
  language: string;
  placeholder: string;
};

/** The mail's body as it is written: what can be made here is what the layout can draw, and nothing else. */
export function RichEditor({ value, onChange, language, placeholder, ...fallbacks }: RichEditorProps) {
  const tags = useTags();
  const { id, ...field } = useFieldProps() as { id?: string } & Record<string, unknown>;
  const latest = useRef({ onChange, tags });
  latest.current = { onChange, tags };
  const written = useRef(value);
  const [refused, setRefused] = useState(false);
  const extensions = useMemo(
    () =>
      extensionsOf({ placeholder, labelOf: (name) => tagLabel(latest.current.tags, name), image: imageNode }),
    [placeholder],
  );
  const editor = useEditor({
    extensions,
    content: typeof value === "string" ? documentOf(value) : value,
    immediatelyRender: false,
    editorProps: {
      attributes: {
        ...(Object.fromEntries(Object.entries(field).filter(([, each]) => each !== undefined)) as Record<
          string,
          string
        >),
        ...(id && { id }),
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": "Message",
        lang: language,
        dir: "auto",
        class: "rich-text",
      },
    },
    onUpdate: ({ editor: changed }) => {
      const read = richDocument.safeParse(withoutEmptyText(changed.getJSON()));
      setRefused(!read.success);
      if (!read.success) return;
      written.current = read.data;
      latest.current.onChange(read.data);
    },
  });
  // Somebody else's version was loaded: what stands here is replaced.
  useEffect(() => {
    if (!editor || value === written.current) return;
    written.current = value;
    editor.commands.setContent(typeof value === "string" ? documentOf(value) : value, { emitUpdate: false });
  }, [editor, value]);
  return (
    <div className="flex flex-col gap-2">
      <div className="control-border flex flex-col overflow-clip rounded-md focus-within:border-accent-ink">
        {editor && (
          // The field's name and errors belong to the text, not to its tools.
          <FieldContext value={null}>
            <Toolbar editor={editor} {...fallbacks} />
            <ContextBar editor={editor} />
          </FieldContext>
        )}
        <EditorContent editor={editor} className="max-h-[65vh] min-h-72 overflow-y-auto px-4 py-3" />
      </div>
      {refused && (
        <Notice tone="danger" title="What you wrote last is not kept">
          A message holds up to 500 paragraphs, lists of 200 lines, links of 2,000 characters and pictures of
          at least 16 pixels. Change what goes beyond that.
        </Notice>
      )}
    </div>
  );
}

type Json = ReturnType<Editor["getJSON"]>;

/** Null attributes stand for "as usual" in the editor, and are left out of what is stored. */
function withoutEmptyText(json: Json): unknown {
  if (Array.isArray(json)) return json.map(withoutEmptyText);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutEmptyText(each as Json)]),
  );
}
