"use client";

import { RegisteredText } from "@/components/campaigns/content/registered-text";
import { SmsMeter } from "@/components/campaigns/content/sms-meter";
import type { Fallbacks } from "@/components/campaigns/content/tag-menu";
import { TaggedField } from "@/components/campaigns/content/tagged-field";
import { TemplateFields } from "@/components/campaigns/content/template-fields";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { OwnWords, Step } from "@/server/automations/schemas";
import { smsBody, whatsappBody } from "@/server/campaigns/content";
import type { CampaignCategory } from "@/server/campaigns/status";
import { type Channel, channelLabels, channels } from "@/server/channels/status";

/** What of the campaign the words of a follow-up depend on. */
export type Writing = Fallbacks & { category: CampaignCategory; language: string };

type Send = Extract<Step, { do: "send" }>;
type SendFieldsProps = {
  step: Send;
  writing: Writing;
  error: (field: string) => string | null;
  onChange: (step: Send) => void;
};

const begun: Record<Channel, OwnWords> = {
  email: { email: { subject: "", body: "" } },
  sms: { sms: smsBody.parse({ text: "" }) },
  whatsapp: { whatsapp: whatsappBody.parse({}) },
};

/** A message that follows: its channel, and the campaign's words for it or words of its own. */
export function SendFields({ step, writing, error, onChange }: SendFieldsProps) {
  const { channel } = step;
  const own = step.own?.[channel] ? step.own : null;
  return (
    <div className="flex flex-col gap-3 px-3 pb-3">
      <Field
        label="Channel"
        className="w-44"
        help={own ? undefined : "With the words of the Content tab for this channel."}
      >
        <Select
          value={channel}
          options={channels.map((value) => ({ value, label: channelLabels[value] }))}
          onValueChange={(next) => onChange({ ...step, channel: next })}
        />
      </Field>
      <Checkbox
        checked={own !== null}
        onCheckedChange={(checked) => onChange({ ...step, own: checked === true ? begun[channel] : null })}
        label="Words of its own"
        description="In the campaign’s first language."
      />
      {own && <OwnFields {...{ step, own, writing, error, onChange }} />}
    </div>
  );
}

function OwnFields({ step, own, writing, error, onChange }: SendFieldsProps & { own: OwnWords }) {
  const { category, language, ...fallbacks } = writing;
  const set = (patch: OwnWords) => onChange({ ...step, own: { ...own, ...patch } });
  const tagged = { ...fallbacks, language };
  const { email, sms, whatsapp } = own;
  if (step.channel === "email" && email)
    return (
      <>
        <TaggedField
          label="Subject"
          value={email.subject}
          error={error("own.email.subject") ?? undefined}
          onChange={(subject) => set({ email: { ...email, subject } })}
          {...tagged}
        />
        <TaggedField
          label="Message"
          rows={5}
          value={email.body}
          error={error("own.email.body") ?? undefined}
          onChange={(body) => set({ email: { ...email, body } })}
          {...tagged}
        />
      </>
    );
  if (step.channel === "sms" && sms)
    return (
      <RegisteredText
        body={sms}
        category={category}
        write={(patch) => set({ sms: { ...sms, ...patch } })}
        problems={{}}
        meter={(text) => <SmsMeter text={text} as={null} />}
        {...tagged}
      />
    );
  return step.channel === "whatsapp" && whatsapp ? (
    <TemplateFields
      body={whatsapp}
      category={category}
      write={(patch) => set({ whatsapp: { ...whatsapp, ...patch } })}
      problems={{}}
      {...tagged}
    />
  ) : null;
}
