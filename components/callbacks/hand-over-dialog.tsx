"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { useTRPC } from "@/server/trpc/react";

/** A request, under the caller's claim or by who leads. */
export type Handling = {
  callbackId: string;
  generation: number | null;
  onDone: () => void;
  onClose: () => void;
};

type HandOverDialogProps = {
  title: string;
  description: string;
  verb: string;
  /** False: something has to be chosen first. */
  ready: boolean;
  /** Asks for a note with this label; left out: none is taken. */
  noteLabel?: string;
  act: (note: string) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** One act about a request, with a note where it takes one. */
export function HandOverDialog(props: HandOverDialogProps) {
  const { title, description, verb, ready, noteLabel, act, onDone, onClose, children } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const run = () =>
    start(async () => {
      try {
        setProblem(null);
        await act(note);
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
        onDone();
        onClose();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "Nothing was changed. Try again.");
      }
    });
  return (
    <Dialog
      title={title}
      description={description}
      open
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>Go back</Button>
          <Button variant="primary" disabled={!ready} loading={pending} onClick={run}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem && <Notice tone="danger">{problem}</Notice>}
        {children}
        {noteLabel && (
          <Field label={noteLabel} optional>
            <Textarea
              rows={3}
              maxLength={1_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
