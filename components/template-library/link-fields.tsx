"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type LinkKey, linkLabels } from "@/server/template-library/schemas";

type Links = Partial<Record<LinkKey, string>>;
export type LinkErrors = Partial<Record<LinkKey, string>>;

type LinkFieldsProps = {
  keys: readonly LinkKey[];
  links: Links;
  errors: LinkErrors;
  onChange: (links: Links) => void;
};

/** Addresses that the buttons of templates open. */
export function LinkFields({ keys, links, errors, onChange }: LinkFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      {keys.map((key) => (
        <Field key={key} label={linkLabels[key]} error={errors[key]}>
          <Input
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://www.example.com/…"
            value={links[key] ?? ""}
            onChange={(event) => onChange({ ...links, [key]: event.target.value })}
          />
        </Field>
      ))}
    </div>
  );
}
