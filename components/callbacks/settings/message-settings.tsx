"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useAct } from "@/components/workspaces/use-act";
import { messageLabels, messageTimes } from "@/server/callbacks/content";
import type { MessageTemplate } from "@/server/callbacks/messages/message-customer";
import type { MessageSetting, MessageSettings as Settings } from "@/server/callbacks/messages/settings";
import { saveMessageInput } from "@/server/callbacks/schemas";
import { useTRPCClient } from "@/server/trpc/react";

type MessageSettingsProps = {
  settings: readonly MessageSetting[];
  stopped: Settings["stopped"];
  templates: readonly MessageTemplate[];
  mayEdit: boolean;
};

/** What the queue writes to its customers by itself, each with its own words. */
export function MessageSettings({ settings, stopped, ...rest }: MessageSettingsProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  return (
    <div className="flex flex-col gap-5">
      {stopped && (
        <Notice tone="attention" title="These messages wait">
          <p>{stopped.why ?? "They were paused."}</p>
          {rest.mayEdit && (
            <Button
              size="sm"
              className="mt-2"
              loading={pending}
              onClick={() =>
                act(() => client.campaigns.resume.mutate({ id: stopped.campaignId }), "They go again")
              }
            >
              Let them go
            </Button>
          )}
        </Notice>
      )}
      {settings.map((setting) => (
        <MessageForm key={setting.kind} setting={setting} {...rest} />
      ))}
    </div>
  );
}

const ownWords = "own";
const channelNames = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp" } as const;

function MessageForm({
  setting,
  templates,
  mayEdit,
}: Omit<MessageSettingsProps, "settings" | "stopped"> & { setting: MessageSetting }) {
  const client = useTRPCClient();
  const router = useRouter();
  const form = useForm({
    schema: saveMessageInput,
    initial: setting,
    submit: async (given) => {
      await client.callbacks.saveMessageSetting.mutate(given);
      toast.success("Saved. The next message says it");
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  const { kind } = setting;
  return (
    <Card title={messageLabels[kind]} description={messageTimes[kind]}>
      <form noValidate onSubmit={form.onSubmit}>
        <fieldset disabled={!mayEdit} className="flex flex-col gap-4">
          <Switch
            label="Send it"
            checked={values.enabled}
            disabled={!mayEdit}
            onCheckedChange={(enabled) => set("enabled", enabled)}
          />
          {kind === "reminder" && (
            <Field label="Minutes before the promised time" error={errors.leadMinutes}>
              <Input
                inputMode="numeric"
                className="w-32"
                value={Number.isNaN(values.leadMinutes) ? "" : String(values.leadMinutes)}
                onChange={(event) => set("leadMinutes", Number.parseInt(event.target.value, 10))}
              />
            </Field>
          )}
          <Field
            label="Words"
            help="A template also goes by WhatsApp and SMS; the e-mail below reaches whom it does not."
            error={errors.templateId}
          >
            <Select
              value={values.templateId ?? ownWords}
              disabled={!mayEdit}
              onValueChange={(value) => set("templateId", value === ownWords ? null : value)}
              options={[
                { value: ownWords, label: "The e-mail below" },
                ...templates.map(({ id, name, channels }) => ({
                  value: id,
                  label: name,
                  description: channels.map((channel) => channelNames[channel]).join(", "),
                })),
              ]}
            />
          </Field>
          <Field label="Subject" error={errors.subject}>
            <Input value={values.subject} onChange={(event) => set("subject", event.target.value)} />
          </Field>
          <Field
            label="E-mail"
            error={errors.body}
            help="{{callback_link}} leads to the customer’s own page of the request. {{call_time}} and {{call_topic}} say when and about what."
          >
            <Textarea rows={9} value={values.body} onChange={(event) => set("body", event.target.value)} />
          </Field>
          {form.problem && <Notice tone="danger">{form.problem}</Notice>}
          {mayEdit && (
            <Button
              type="submit"
              variant="primary"
              className="self-end"
              loading={form.pending}
              disabled={!form.changed}
            >
              Save
            </Button>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
