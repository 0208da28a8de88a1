"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { setPriceInput } from "@/server/channels/schemas";
import { type Channel, channelLabels, channels, type Provider, providers } from "@/server/channels/status";
import { useTRPCClient } from "@/server/trpc/react";
import { categoryLabel, countryLabel, type PriceKind, priceCategories } from "./price-words";

type PriceDialogProps = {
  /** Null: a kind of message that has no price yet. */
  kind: PriceKind | null;
  /** `YYYY-MM-DD` in the workspace's zone. */
  today: string;
  onClose: () => void;
};

/** `863100` micro-units → `0.8631`. */
const written = (micros: string): string => String(Number(micros) / 1e6);

/** Sets what a kind of message costs from a day on. */
export function PriceDialog({ kind, today, onClose }: PriceDialogProps) {
  const client = useTRPCClient();
  const latest = kind?.now ?? kind?.rows[0] ?? null;
  const form = useForm({
    schema: setPriceInput,
    initial: {
      channel: kind?.channel ?? ("sms" as Channel),
      provider: kind?.provider ?? ("msg91" as Provider),
      category: kind?.category ?? "part",
      country: kind?.country ?? "IN",
      price: latest ? written(latest.netMicros) : "",
      currency: latest?.currency ?? "INR",
      tax: String(Number(((latest?.taxRate ?? 0.18) * 100).toFixed(2))),
      validFrom: today,
    },
    submit: async (given) => {
      await client.channels.setPrice.mutate(given);
      toast.success("Price saved", { description: "Earlier prices stay in the history." });
      onClose();
    },
  });
  const { values, errors, set } = form;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={kind ? "Set a new price" : "Add a price"}
      description={
        kind
          ? `${categoryLabel(kind.category)} through ${providers[kind.provider].label}, ${countryLabel(kind.country).toLowerCase() === "everywhere" ? "everywhere" : `to ${countryLabel(kind.country)}`}.`
          : "For a provider or a country that has none. A country's own price goes before the one for everywhere."
      }
    >
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        {!kind && (
          <KindFields
            values={values}
            errors={errors}
            onChange={(patch) => {
              if (patch.channel) set("channel", patch.channel);
              if (patch.provider) set("provider", patch.provider);
              if (patch.category) set("category", patch.category);
              if (patch.country !== undefined) set("country", patch.country);
            }}
          />
        )}
        <div className="grid grid-cols-2 gap-4">
          <Field label="Net price" help="For one message, or one SMS part." error={errors.price}>
            <Input
              inputMode="decimal"
              suffix={values.currency}
              value={values.price}
              onChange={(event) => set("price", event.target.value)}
              onBlur={form.leave("price")}
            />
          </Field>
          <Field label="Tax" help="GST in India: 18 %." error={errors.tax}>
            <Input
              inputMode="decimal"
              suffix="%"
              value={values.tax}
              onChange={(event) => set("tax", event.target.value)}
              onBlur={form.leave("tax")}
            />
          </Field>
        </div>
        <Field
          label="Valid from"
          help="What goes out on this day or later costs this. The same day's price is corrected."
          error={errors.validFrom}
        >
          <Input
            type="date"
            value={values.validFrom}
            onChange={(event) => set("validFrom", event.target.value)}
            onBlur={form.leave("validFrom")}
          />
        </Field>
        {values.validFrom !== "" && values.validFrom < today && (
          <Notice tone="attention">
            This day has passed. What was counted already keeps its cost; only what is sent from now on is
            new.
          </Notice>
        )}
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <FormActions>
          <DialogClose>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" loading={form.pending}>
            Save the price
          </Button>
        </FormActions>
      </form>
    </Dialog>
  );
}

type KindValues = { channel: Channel; provider: Provider; category: string; country: string };
type KindFieldsProps = {
  values: KindValues;
  errors: Partial<Record<keyof KindValues, string>>;
  onChange: (patch: Partial<KindValues>) => void;
};

function KindFields({ values, errors, onChange }: KindFieldsProps) {
  const carried = (Object.keys(providers) as Provider[]).filter((provider) =>
    providers[provider].channels.some((each) => each === values.channel),
  );
  const choose = (channel: Channel) => {
    const first = (Object.keys(providers) as Provider[]).find((provider) =>
      providers[provider].channels.some((each) => each === channel && provider !== "sandbox"),
    );
    onChange({
      channel,
      category: priceCategories[channel][0] ?? "message",
      ...(first ? { provider: first } : {}),
    });
  };
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label="Channel" error={errors.channel}>
        <Select
          options={channels.map((value) => ({ value, label: channelLabels[value] }))}
          value={values.channel}
          onValueChange={choose}
        />
      </Field>
      <Field label="Provider" error={errors.provider}>
        <Select
          options={carried.map((value) => ({ value, label: providers[value].label }))}
          value={values.provider}
          onValueChange={(provider) => onChange({ provider })}
        />
      </Field>
      <Field label="Message" error={errors.category}>
        <Select
          options={priceCategories[values.channel].map((value) => ({ value, label: categoryLabel(value) }))}
          value={values.category}
          onValueChange={(category) => onChange({ category })}
        />
      </Field>
      <Field label="Country" help="Two letters, or * for everywhere." error={errors.country}>
        <Input
          autoComplete="off"
          maxLength={2}
          value={values.country}
          onChange={(event) => onChange({ country: event.target.value.toUpperCase() })}
        />
      </Field>
    </div>
  );
}
