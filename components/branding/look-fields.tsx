"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { BrandingSettings } from "@/server/campaigns/content";
import { ColourField } from "./colour-field";
import { LogoField } from "./logo-field";

export type BrandingFieldsProps = {
  branding: BrandingSettings;
  errors: Record<string, string | undefined>;
  onChange: (patch: Partial<BrandingSettings>) => void;
};

/** Logo and colours. */
export function LookFields({ branding, errors, onChange }: BrandingFieldsProps) {
  return (
    <section aria-label="Look" className="flex flex-col gap-5">
      <h2 className="font-medium">Look</h2>
      <LogoField fileId={branding.logoFileId} onChange={(logoFileId) => onChange({ logoFileId })} />
      <div className="grid gap-5 sm:grid-cols-2">
        <ColourField
          label="Colour of buttons and links"
          usual="#1d4ed8"
          kind="accent"
          value={branding.accent}
          error={errors.accent}
          onChange={(accent) => onChange({ accent })}
        />
        <ColourField
          label="Behind the message"
          usual="#f3f5f9"
          kind="page"
          value={branding.page}
          error={errors.page}
          onChange={(page) => onChange({ page })}
        />
      </div>
      <Field
        label="Company name"
        help="Customers read it at the top, and in {{company_name}}."
        error={errors.companyName}
      >
        <Input
          value={branding.companyName}
          maxLength={120}
          onChange={(event) => onChange({ companyName: event.target.value })}
        />
      </Field>
    </section>
  );
}
