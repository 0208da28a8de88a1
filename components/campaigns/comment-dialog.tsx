"use client";

import { type ReactElement, type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";

type CommentDialogProps = {
  title: string;
  description: ReactNode;
  /** What the comment is for; `needed` in words when it cannot be left out. */
  label: string;
  needed?: string;
  confirmLabel: string;
  onConfirm: (comment: string) => Promise<unknown>;
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** An act with words for the next person. It stays open, with what was typed, until the act is done. */
export function CommentDialog(props: CommentDialogProps) {
  const [own, setOwn] = useState(false);
  const open = props.open ?? own;
  const change = (next: boolean) => {
    setOwn(next);
    props.onOpenChange?.(next);
  };
  return (
    <Dialog
      title={props.title}
      description={props.description}
      width="sm"
      {...(props.trigger ? { trigger: props.trigger } : {})}
      open={open}
      onOpenChange={change}
    >
      {open && <CommentForm {...props} onDone={() => change(false)} />}
    </Dialog>
  );
}

function CommentForm({
  label,
  needed,
  confirmLabel,
  onConfirm,
  onDone,
}: CommentDialogProps & { onDone: () => void }) {
  const [comment, setComment] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = () => {
    if (needed && comment.trim() === "") return setError(needed);
    startTransition(async () => {
      try {
        await onConfirm(comment);
        onDone();
      } catch (cause) {
        setProblem(cause instanceof Error ? cause.message : "It did not work. Nothing was changed.");
      }
    });
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {problem && <Notice tone="danger">{problem}</Notice>}
      <Field label={label} optional={!needed} error={error ?? null}>
        <Textarea
          rows={4}
          autoFocus
          maxLength={2_000}
          value={comment}
          onChange={(event) => {
            setComment(event.target.value);
            setError(undefined);
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>Go back</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={pending}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
