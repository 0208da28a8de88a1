"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { most } from "@/server/branding/schemas";
import type { BrandingFieldsProps } from "./look-fields";

type ContactFieldsProps = BrandingFieldsProps & { workspaceName: string; fromAddress: string };

/** Who mails come from, who gets the answers, and what stands at the foot. */
export function ContactFields({
  branding,
  workspaceName,
  fromAddress,
  errors,
  onChange,
}: ContactFieldsProps) {
  const { senderNames, social } = branding;
  return (
    <>
      <section aria-label="Sender" className="flex flex-col gap-5">
        <h2 className="font-medium">Sender</h2>
        <Lines
          label="Sender names"
          help={`The first is used unless a campaign chooses another. Without one: ${branding.companyName || workspaceName}. Mails come from ${fromAddress}.`}
          values={senderNames}
          most={most.senderNames}
          placeholder="Suraksha renewals"
          add="Add a name"
          error={errors.senderNames}
          onChange={(next) => onChange({ senderNames: next })}
        />
        <Field
          label="Answers go to"
          optional
          help="An address that somebody reads. Without it answers go to the sender’s address, or to Responses where Ringback receives mail."
          error={errors.replyTo}
        >
          <Input
            type="email"
            value={branding.replyTo}
            placeholder="care@example.com"
            onChange={(event) => onChange({ replyTo: event.target.value })}
          />
        </Field>
      </section>
      <section aria-label="Foot" className="flex flex-col gap-5">
        <h2 className="font-medium">Foot</h2>
        <Field
          label="Postal address"
          help="Many countries ask for it in promotional mail."
          error={errors.address}
        >
          <Input
            value={branding.address}
            maxLength={300}
            placeholder="4th floor, MG Road, Pune 411001"
            onChange={(event) => onChange({ address: event.target.value })}
          />
        </Field>
        <Field label="Text" optional help="Licence numbers, a disclaimer." error={errors.footer}>
          <Textarea
            rows={2}
            value={branding.footer}
            maxLength={500}
            placeholder="IRDAI registration no. 000. Insurance is the subject matter of solicitation."
            onChange={(event) => onChange({ footer: event.target.value })}
          />
        </Field>
        <Lines
          label="Links"
          help="Addresses of your website and social pages; each is named by its host."
          values={social}
          most={most.social}
          placeholder="https://www.instagram.com/suraksha"
          add="Add a link"
          error={errors.social}
          onChange={(next) => onChange({ social: next })}
        />
      </section>
    </>
  );
}

type LinesProps = {
  label: string;
  help: string;
  values: string[];
  most: number;
  placeholder: string;
  add: string;
  error: string | undefined;
  onChange: (values: string[]) => void;
};

/** A short list, one line for each. */
function Lines({ label, help, values, most: limit, placeholder, add, error, onChange }: LinesProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      {values.map((value, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are known by their place while they are typed
        <div key={nth} className="flex items-center gap-1">
          <Input
            aria-label={`${label}, ${nth + 1}`}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onChange(values.map((each, at) => (at === nth ? event.target.value : each)))}
          />
          <IconButton
            label={`Remove ${value || "this line"}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(values.filter((_, at) => at !== nth))}
          />
        </div>
      ))}
      {values.length < limit && (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...values, ""])}
        >
          {add}
        </Button>
      )}
      <p aria-live="polite" className={error ? "text-danger text-xs" : "text-faint text-xs"}>
        {error ?? help}
      </p>
    </fieldset>
  );
}
