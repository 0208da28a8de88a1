"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import type { EntryOf } from "./contact-entries";
import type { Reader } from "./entry";
import { NoteActions } from "./note-actions";
import { useNotes } from "./use-notes";

/** A note; its author can change it, and delete it with an undo. */
export function NoteEntry({ entry, reader }: { entry: EntryOf<"note">; reader: Reader }) {
  const { noteId, text, authorId, edited } = entry.detail;
  const [draft, setDraft] = useState<string | null>(null);
  const notes = useNotes();
  const save = async () => {
    if (draft !== null && (await notes.edit(noteId, draft))) setDraft(null);
  };
  if (draft !== null)
    return (
      <div className="flex flex-col gap-2">
        <Textarea
          autoFocus
          aria-label="Change the note"
          rows={3}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <NoteActions onCancel={() => setDraft(null)}>
          <Button size="sm" variant="primary" disabled={draft.trim() === ""} onClick={() => void save()}>
            Save
          </Button>
        </NoteActions>
      </div>
    );
  return (
    <div className="rounded-md border border-line bg-canvas px-3 py-2">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 whitespace-pre-line break-words">{text}</p>
        {authorId === reader.userId && (
          <DropdownMenu
            trigger={
              <IconButton
                label="Change this note"
                tooltip={false}
                size="sm"
                className="-mt-1 -mr-1.5"
                icon={<Ellipsis aria-hidden />}
              />
            }
          >
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setDraft(text)}>
              Edit
            </MenuItem>
            <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void notes.remove(noteId)}>
              Delete
            </MenuItem>
          </DropdownMenu>
        )}
      </div>
      <p className="text-faint text-xs">
        {entry.actorName}
        {edited && " · edited"}
      </p>
    </div>
  );
}
