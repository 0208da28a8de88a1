"use client";

import { type ReactNode, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { type Fallbacks, TagMenu } from "./tag-menu";
import { typeInto } from "./type-into";

type TaggedFieldProps = Fallbacks & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  placeholder?: string;
  /** Lines of a text; without it there is one. */
  rows?: number;
  /** Beside the tag button. */
  aside?: ReactNode;
  /** The language of what is written, for spelling and voices. */
  language?: string;
};

/** A field in which tags may stand, with the menu that puts them at the cursor. */
export function TaggedField({
  label,
  value,
  onChange,
  rows,
  aside,
  language,
  placeholder,
  fallbacks,
  prefix,
  onFallbacks,
  ...field
}: TaggedFieldProps) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const shared = { value, placeholder, lang: language, dir: "auto", ref: input } as const;
  return (
    <Field
      label={label}
      {...field}
      aside={
        <span className="flex items-center gap-2">
          {aside}
          <TagMenu
            fallbacks={fallbacks}
            prefix={prefix}
            onFallbacks={onFallbacks}
            onInsert={(name) => typeInto(input.current, `{{${name}}}`)}
          />
        </span>
      }
    >
      {rows === undefined ? (
        <Input {...shared} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
