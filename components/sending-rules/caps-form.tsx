"use client";

import { z } from "zod";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { type Channel, channelLabels, channels } from "@/server/channels/status";
import { type SendingRules, sendingRulesSchema } from "@/server/sending-rules/schemas";
import { useTRPCClient } from "@/server/trpc/react";
import { NumberInside, SentenceRow } from "./sentence-row";

const first: Record<Channel, { most: string; days: string }> = {
  whatsapp: { most: "2", days: "7" },
  sms: { most: "2", days: "7" },
  email: { most: "2", days: "7" },
};

type Values = {
  [channel in Channel]: { most: string; days: string } | null;
} & { service: string | null; payments: string | null };

const schema = z
  .custom<Values>()
  .transform((values) => ({
    caps: Object.fromEntries(
      channels.map((channel) => {
        const cap = values[channel];
        return [channel, cap && { most: numberOf(cap.most), days: numberOf(cap.days) }];
      }),
    ),
    servicePerPolicyDay: values.service === null ? null : numberOf(values.service),
    paymentsMaxAgeHours: values.payments === null ? null : numberOf(values.payments),
  }))
  .pipe(sendingRulesSchema);

/** What is no number is refused by the schema in words. */
const numberOf = (typed: string): number => (typed.trim() === "" ? Number.NaN : Number(typed));

/** The rules of frequency as sentences with their numbers inside; a box turns each off. */
export function CapsForm({ rules }: { rules: SendingRules }) {
  const client = useTRPCClient();
  const form = useForm({
    schema: { "~standard": { validate: (values: unknown) => named(schema.safeParse(values)) } },
    initial: valuesOf(rules),
    submit: async (given: SendingRules) => {
      await client.sendingRules.change.mutate(given);
      toast.success("Rules saved", { description: "What is being sent keeps to them within seconds." });
    },
  });
  const { values, errors, set } = form;
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      {channels.map((channel) => {
        const cap = values[channel];
        return (
          <SentenceRow
            key={channel}
            label={`Limit promotion on ${channelLabels[channel]}`}
            on={cap !== null}
            error={errors[channel]}
            onChange={(on) => set(channel, on ? first[channel] : null)}
            off={`As many promotional messages on ${channelLabels[channel]} as campaigns ask for`}
          >
            At most
            <NumberInside
              label={`Most promotional messages on ${channelLabels[channel]}`}
              value={cap?.most ?? ""}
              onChange={(most) => cap && set(channel, { ...cap, most })}
            />
            promotional messages in any
            <NumberInside
              label={`Days that are counted on ${channelLabels[channel]}`}
              value={cap?.days ?? ""}
              onChange={(days) => cap && set(channel, { ...cap, days })}
            />
            days on {channelLabels[channel]}
          </SentenceRow>
        );
      })}
      <SentenceRow
        label="Limit service messages"
        on={values.service !== null}
        error={errors.service}
        onChange={(on) => set("service", on ? "1" : null)}
        off="As many service messages about one policy a day as campaigns ask for"
      >
        At most
        <NumberInside
          label="Most service messages about one policy a day"
          value={values.service ?? ""}
          onChange={(typed) => set("service", typed)}
        />
        service messages about one policy a day; failed payments count apart
      </SentenceRow>
      <SentenceRow
        label="Let messages about payments wait for fresh data"
        on={values.payments !== null}
        error={errors.payments}
        onChange={(on) => set("payments", on ? "24" : null)}
        off="Messages about payments go however old the payment data is"
      >
        Messages about payments wait while the payment data is older than
        <NumberInside
          label="Most hours that payment data may be old"
          value={values.payments ?? ""}
          onChange={(typed) => set("payments", typed)}
        />
        hours
      </SentenceRow>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <FormActions>
        <Button type="submit" variant="primary" loading={form.pending} disabled={!form.changed}>
          Save the rules
        </Button>
      </FormActions>
    </form>
  );
}

function valuesOf({ caps, servicePerPolicyDay, paymentsMaxAgeHours }: SendingRules): Values {
  const cap = (channel: Channel) => {
    const of = caps[channel];
    return of && { most: String(of.most), days: String(of.days) };
  };
  return {
    ...{ whatsapp: cap("whatsapp"), sms: cap("sms"), email: cap("email") },
    service: servicePerPolicyDay === null ? null : String(servicePerPolicyDay),
    payments: paymentsMaxAgeHours === null ? null : String(paymentsMaxAgeHours),
  };
}

const fields: Record<string, keyof Values> = {
  servicePerPolicyDay: "service",
  paymentsMaxAgeHours: "payments",
};

/** Errors at the sentences that they are about. */
function named(result: z.ZodSafeParseResult<SendingRules>) {
  if (result.success) return { value: result.data };
  return {
    issues: result.error.issues.map(({ message, path }) => {
      const [field, channel] = path.map(String);
      return { message, path: [field === "caps" ? (channel ?? "") : (fields[field ?? ""] ?? "")] };
    }),
  };
}
