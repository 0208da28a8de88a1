"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useTRPC } from "@/server/trpc/react";

/** What colleagues should know about a reply. Saved by the button; what is typed stays when saving fails. */
export function NoteField({ responseId, note }: { responseId: string; note: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [text, setText] = useState(note);
  const { mutate, isPending, error } = useMutation(
    trpc.responses.saveNote.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.responses.get.queryFilter({ responseId })),
    }),
  );
  return (
    <div className="flex flex-col items-end gap-2">
      <Field label="Note" optional className="w-full" error={error?.message}>
        <Textarea rows={2} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      {text.trim() !== note && (
        <Button size="sm" loading={isPending} onClick={() => mutate({ responseId, note: text })}>
          Save the note
        </Button>
      )}
    </div>
  );
}
