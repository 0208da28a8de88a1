"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { NoteActions } from "./note-actions";
import { useNotes } from "./use-notes";

/** Where a note is written; the buttons come when somebody begins. Ctrl or ⌘ and Enter save. */
export function NoteComposer({ customerId }: { customerId: string }) {
  const [text, setText] = useState("");
  const [pending, setPending] = useState(false);
  const notes = useNotes();
  const save = async () => {
    if (text.trim() === "") return;
    setPending(true);
    if (await notes.add(customerId, text)) setText("");
    setPending(false);
  };
  return (
    <div className="flex flex-col gap-2">
      <Textarea
        aria-label="New note"
        placeholder="Write a note for your colleagues"
        rows={text === "" ? 1 : 3}
        className={text === "" ? "min-h-0" : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
        }}
      />
      {text !== "" && (
        <NoteActions onCancel={() => setText("")}>
          <Button size="sm" variant="primary" loading={pending} onClick={() => void save()}>
            Add note
          </Button>
        </NoteActions>
      )}
    </div>
  );
}
