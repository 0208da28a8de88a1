"use client";

import { NodeSelection } from "@tiptap/pm/state";
import { type Editor, useEditorState } from "@tiptap/react";
import { Trash2, Unlink } from "lucide-react";
import { type ReactNode, useId } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { tagLabel, useTags } from "../use-tags";
import { tagNameOf } from "./extensions";

type Chosen =
  | { kind: "tag"; source: string }
  | { kind: "button"; href: string }
  | { kind: "image"; alt: string; href: string; width: number | null }
  | { kind: "link"; href: string };

/** What is chosen in the message, with the few things that can be said about it: where a link leads, what a picture shows. */
export function ContextBar({ editor }: { editor: Editor }) {
  const chosen = useEditorState({ editor, selector: ({ editor: now }) => chosenIn(now) });
  const tags = useTags();
  if (!chosen) return null;
  const set = (node: string, attrs: Record<string, unknown>) =>
    editor.chain().updateAttributes(node, attrs).run();
  const remove = (
    <IconButton
      label="Remove it"
      size="sm"
      icon={<Trash2 aria-hidden />}
      onClick={() => editor.chain().focus().deleteSelection().run()}
    />
  );
  switch (chosen.kind) {
    case "tag": {
      const name = tagNameOf(chosen.source);
      const words = /\|\s*default:\s*"([^"]*)"/.exec(chosen.source)?.[1] ?? "";
      const rest = chosen.source
        .slice(name.length)
        .replace(/\s*\|\s*default:\s*"[^"]*"/, "")
        .trim();
      return (
        <Bar name={tagLabel(tags, name)} acts={remove}>
          <Line
            label="Here, when there is none, say"
            value={words}
            placeholder="What the whole message says"
            onChange={(text) => {
              const instead = text.replaceAll('"', "”");
              set("tag", {
                source: [name, instead && `| default: "${instead}"`, rest].filter(Boolean).join(" "),
              });
            }}
          />
        </Bar>
      );
    }
    case "button":
      return (
        <Bar name="Button" acts={null}>
          <Line
            label="Leads to"
            value={chosen.href}
            placeholder="https://"
            onChange={(href) => set("button", { href })}
          />
        </Bar>
      );
    case "image":
      return (
        <Bar name="Picture" acts={remove}>
          <Line
            label="Shows"
            value={chosen.alt}
            placeholder="For readers who do not see it"
            onChange={(alt) => set("image", { alt })}
          />
          <Line
            label="Leads to"
            value={chosen.href}
            placeholder="https:// (optional)"
            onChange={(href) => set("image", { href })}
          />
          <Line
            label="Width"
            narrow
            value={chosen.width?.toString() ?? ""}
            placeholder="Full"
            onChange={(text) => {
              const width = Math.round(Number(text));
              set("image", { width: text !== "" && width > 0 ? Math.min(600, Math.max(16, width)) : null });
            }}
          />
        </Bar>
      );
    case "link":
      return (
        <Bar
          name="Link"
          acts={
            <IconButton
              label="Take the link off"
              size="sm"
              icon={<Unlink aria-hidden />}
              onClick={() => editor.chain().focus().extendMarkRange("link").unsetLink().run()}
            />
          }
        >
          <Line
            label="Leads to"
            value={chosen.href}
            placeholder="https://"
            eager={chosen.href === "https://"}
            onChange={(href) =>
              editor.chain().extendMarkRange("link").updateAttributes("link", { href }).run()
            }
          />
        </Bar>
      );
  }
}

function chosenIn(editor: Editor): Chosen | null {
  const { selection } = editor.state;
  if (selection instanceof NodeSelection) {
    const { name } = selection.node.type;
    const { source = "", alt = "", href = "", width = null } = selection.node.attrs;
    if (name === "tag") return { kind: "tag", source };
    if (name === "image") return { kind: "image", alt, href, width };
  }
  if (editor.isActive("button")) return { kind: "button", href: editor.getAttributes("button").href ?? "" };
  if (editor.isActive("link")) return { kind: "link", href: editor.getAttributes("link").href ?? "" };
  return null;
}

function Bar({ name, acts, children }: { name: string; acts: ReactNode; children: ReactNode }) {
  return (
    <fieldset
      aria-label={name}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-accent-soft px-3 py-1.5 text-sm"
    >
      <span className="font-medium text-accent-ink">{name}</span>
      {children}
      {acts}
    </fieldset>
  );
}

type LineProps = {
  label: string;
  value: string;
  placeholder: string;
  narrow?: boolean;
  /** Takes the cursor when it appears: a new link has no address yet. */
  eager?: boolean;
  onChange: (value: string) => void;
};

function Line({ label, value, placeholder, narrow = false, eager = false, onChange }: LineProps) {
  const id = useId();
  return (
    <span className={narrow ? "flex w-32 items-center gap-2" : "flex min-w-48 flex-1 items-center gap-2"}>
      <label htmlFor={id} className="shrink-0 text-muted">
        {label}
      </label>
      <Input
        id={id}
        autoFocus={eager}
        onFocus={(event) => eager && event.currentTarget.select()}
        value={value}
        placeholder={placeholder}
        className="h-control-sm text-sm"
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
