"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { requestTypeLabel } from "@/server/callbacks/content";
import { type TopicInput, topicInput } from "@/server/telephony/schemas";
import { purposeLabels } from "@/server/telephony/status";
import { useTRPCClient } from "@/server/trpc/react";

type TopicsCardProps = { topics: TopicInput[]; mayEdit: boolean };

/** Why customers are called about each topic, and what agents say first. */
export function TopicsCard({ topics, mayEdit }: TopicsCardProps) {
  const [open, setOpen] = useState<TopicInput | null>(null);
  return (
    <Card
      title="Topics"
      description="The purpose chooses the line and the legal hours; the script is shown at the call."
    >
      <ul className="flex flex-col gap-3">
        {topics.map((topic) => (
          <li key={topic.requestType} className="flex items-start justify-between gap-3">
            <p className="min-w-0">
              <span className="font-medium">{requestTypeLabel(topic.requestType)}</span>
              <span className="text-muted"> · {purposeLabels[topic.purpose]}</span>
              <span className="line-clamp-2 block text-muted text-sm">{topic.script || "No script"}</span>
            </p>
            {mayEdit && (
              <Button
                size="sm"
                aria-label={`Change ${requestTypeLabel(topic.requestType)}`}
                onClick={() => setOpen(topic)}
              >
                Change
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <TopicDialog topic={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function TopicDialog({ topic, onClose }: { topic: TopicInput; onClose: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm({
    schema: topicInput,
    initial: topic,
    submit: async (given) => {
      await client.telephony.changeTopic.mutate(given);
      toast.success("Saved. It holds from the next call on");
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog title={requestTypeLabel(topic.requestType)} open onOpenChange={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <RadioGroup
          label="Why customers are called"
          options={[
            {
              value: "service",
              label: "Service",
              description: "They asked, or have a policy: 09:00 to 21:00.",
            },
            {
              value: "promotional",
              label: "Promotion",
              description: "Something is offered: 10:00 to 19:00.",
            },
          ]}
          value={form.values.purpose}
          onValueChange={(purpose) => form.set("purpose", purpose)}
        />
        <Field
          label="Say first"
          help="Shown to the agent before and during the call."
          error={form.errors.script}
          optional
        >
          <Textarea
            rows={4}
            value={form.values.script}
            onChange={(event) => form.set("script", event.target.value)}
          />
        </Field>
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <DialogActions pending={form.pending} />
      </form>
    </Dialog>
  );
}
