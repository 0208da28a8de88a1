"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { FallBack } from "@/server/campaigns/content";

const hours = [1, 2, 4, 6, 8, 12, 24, 48, 72] as const;
const choices = hours.map((value) => ({
  value: String(value),
  label: value === 1 ? "1 hour" : `${value} hours`,
}));
const USUAL_HOURS = 4;

type FallBackFieldsProps = { fallBack: FallBack | null; onChange: (fallBack: FallBack | null) => void };

/** Whether a WhatsApp message that does not arrive is followed by an SMS, and after how long. */
export function FallBackFields({ fallBack, onChange }: FallBackFieldsProps) {
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3">
      <Switch
        label="If it is not delivered, send an SMS"
        description="For phones that are off or without WhatsApp."
        checked={fallBack !== null}
        onCheckedChange={(on) => onChange(on ? { channel: "sms", afterHours: USUAL_HOURS } : null)}
      />
      {fallBack && (
        <>
          <Field label="Wait for a receipt" className="max-w-48">
            <Select
              options={choices}
              value={String(fallBack.afterHours)}
              onValueChange={(value) => onChange({ channel: "sms", afterHours: Number(value) })}
            />
          </Field>
          <p className="text-muted text-sm">
            Who has no receipt {fallBack.afterHours === 1 ? "an hour" : `${fallBack.afterHours} hours`} after
            the WhatsApp message gets the SMS in place of it, in their language. A receipt in between cancels
            it. The SMS is decided anew: consent, quiet hours and budget hold for it too. One that WhatsApp
            refuses at once is followed without waiting.
          </p>
        </>
      )}
    </div>
  );
}
