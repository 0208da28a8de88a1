"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useReply } from "./use-reply";

/** Answers an open mail as the customer who got it. */
export function MailReply({ messageId }: { messageId: string }) {
  const reply = useReply(messageId);
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "" || reply.pending) return;
    reply.send({ text: text.trim() }, () => setText(""));
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-2 border-line border-t px-4 py-4 md:px-6">
      <Field label="Answer as the customer" error={reply.error}>
        <Textarea rows={2} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <Button type="submit" className="self-end" disabled={text.trim() === ""} loading={reply.pending}>
        Send
      </Button>
    </form>
  );
}
