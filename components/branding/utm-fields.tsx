"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { Utm } from "@/server/campaigns/content";

/** What links of campaigns carry unless the campaign says otherwise. */
export function UtmFields({ utm, onChange }: { utm: Utm; onChange: (utm: Utm) => void }) {
  const on = utm.source !== "";
  return (
    <section aria-label="Link tags" className="flex flex-col gap-4">
      <h2 className="font-medium">Link tags</h2>
      <Switch
        label="Add UTM tags to the links of campaigns"
        description="Medium is the channel and campaign its name, unless they are set here or in the campaign."
        checked={on}
        onCheckedChange={(next) => onChange({ ...utm, source: next ? "ringback" : "" })}
      />
      {on && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Source" help="utm_source">
            <Input
              value={utm.source}
              maxLength={100}
              onChange={(event) => onChange({ ...utm, source: event.target.value })}
            />
          </Field>
          <Field label="Medium" optional help="utm_medium">
            <Input
              value={utm.medium}
              maxLength={100}
              placeholder="email, sms or whatsapp"
              onChange={(event) => onChange({ ...utm, medium: event.target.value })}
            />
          </Field>
        </div>
      )}
    </section>
  );
}
