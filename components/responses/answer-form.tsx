"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { newKey } from "@/components/ui/new-key";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { channelLabels } from "@/server/channels/status";
import type { MayAnswer } from "@/server/responses/answering";
import type { ResponseDetail } from "@/server/responses/get";
import { answerInput } from "@/server/responses/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type AnswerFormProps = { response: ResponseDetail; zone: string };

/** Writes back on the channel that the customer wrote on, or says why that cannot be done now. */
export function AnswerForm({ response, zone }: AnswerFormProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.responses.mayAnswer.queryOptions({ responseId: response.id }));
  const [round, setRound] = useState(0);
  if (error) return <Notice tone="danger">{error.message}</Notice>;
  if (!data) return <Skeleton className="h-24" />;
  if (!data.may)
    return (
      <Notice title="It cannot be answered here now" tone="attention">
        {data.sentence}
      </Notice>
    );
  return (
    <Writing
      key={round}
      response={response}
      zone={zone}
      asked={data}
      onSent={() => setRound((before) => before + 1)}
    />
  );
}

type WritingProps = AnswerFormProps & { asked: Extract<MayAnswer, { may: true }>; onSent: () => void };

function Writing({ response, zone, asked, onSent }: WritingProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [initial] = useState(() => ({
    responseId: response.id,
    key: newKey(),
    subject: asked.subject,
    text: "",
    // A complaint is settled by hand: that lets promotion go on.
    handled: response.class !== "complaint",
  }));
  const { values, errors, problem, pending, set, leave, onSubmit } = useForm({
    schema: answerInput,
    initial,
    submit: async (answer) => {
      const { until } = await client.responses.answer.mutate(answer);
      toast.success(until ? "The answer goes when the hours of contact begin" : "The answer is on its way");
      await queryClient.invalidateQueries(trpc.responses.pathFilter());
      onSent();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-3" aria-label="Answer">
      {problem && <Notice tone="danger">{problem}</Notice>}
      {asked.channel === "email" && (
        <Field label="Subject" error={errors.subject}>
          <Input
            value={values.subject}
            onChange={(event) => set("subject", event.target.value)}
            onBlur={leave("subject")}
          />
        </Field>
      )}
      <Field
        label={`Answer by ${channelLabels[asked.channel]}`}
        error={errors.text}
        help={
          asked.until && (
            <>
              Outside the hours of contact: it goes <Time value={asked.until} zone={zone} show="exact" />.
            </>
          )
        }
      >
        <Textarea rows={3} value={values.text} onChange={(event) => set("text", event.target.value)} />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        {response.followUp === "open" ? (
          <Checkbox
            label="Mark as handled"
            checked={values.handled}
            onCheckedChange={(checked) => set("handled", checked === true)}
          />
        ) : (
          <span />
        )}
        <Button type="submit" variant="primary" loading={pending} icon={<Send aria-hidden />}>
          Send the answer
        </Button>
      </div>
    </form>
  );
}
