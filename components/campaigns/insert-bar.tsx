"use client";

import { Bold, Link2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { tags } from "@/server/templates/schemas";

type Target = HTMLInputElement | HTMLTextAreaElement;

/** Types into a field at its cursor, as a person would: it can be undone with the keyboard. */
function type(target: Target | null, make: (selected: string) => string): void {
  if (!target) return;
  target.focus();
  const [from, to] = [target.selectionStart ?? 0, target.selectionEnd ?? 0];
  const text = make(target.value.slice(from, to));
  // The only way in that keeps the field's own undo; browsers without it take the plain one.
  if (document.execCommand("insertText", false, text)) return;
  target.setRangeText(text, from, to, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Chips that put a tag at the cursor, and the two marks that a message knows. */
export function InsertBar({ target }: { target: () => Target | null }) {
  return (
    <div role="toolbar" aria-label="Insert at the cursor" className="flex flex-wrap items-center gap-1.5">
      {tags.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          title={`Insert {{${name}}}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => type(target(), () => `{{${name}}}`)}
          className="h-6 rounded-sm bg-accent-soft px-2 text-accent-ink text-xs transition-colors hover:bg-pressed pointer-coarse:h-9 pointer-coarse:px-3"
        >
          {label}
        </button>
      ))}
      <span className="ml-auto flex gap-0.5">
        <IconButton
          label="Bold"
          size="sm"
          icon={<Bold aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => type(target(), (selected) => `**${selected || "bold"}**`)}
        />
        <IconButton
          label="Link"
          size="sm"
          icon={<Link2 aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => type(target(), (selected) => `[${selected || "label"}](https://)`)}
        />
      </span>
    </div>
  );
}
